const GENERATION_IN_PATH = /(?:^|[/">])g(\d+)\//gm;
/** Pictures and subtitles of a protected title are clear, and no media. */
const CLEAR_PATH = /(?:^|[/">])g\d+\/(?!drm\/|thumbnails\/|images\/|subtitles\/)/m;
/** Signalling of keys, whose letters mean nothing. */
const BASE64 = /base64,[^"]*|<(?:cenc:pssh|mspr:pro)>[^<]*/g;

/** Generations that a manifest or any other published text refers to. */
export function referencedGenerations(text: string): number[] {
  const paths = text.replace(BASE64, '');
  return [...new Set([...paths.matchAll(GENERATION_IN_PATH)].map((match) => Number(match[1])))].sort((a, b) => a - b);
}

/** Whether a manifest refers to media that is not encrypted. */
export function namesClearMedia(text: string): boolean {
  return CLEAR_PATH.test(text.replace(BASE64, ''));
}
