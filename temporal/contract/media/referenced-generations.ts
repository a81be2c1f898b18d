const GENERATION_IN_PATH = /(?:^|[/">])g(\d+)\//gm;
/** Subtitles are not encrypted. */
const CLEAR_PATH = /(?:^|[/">])g\d+\/(?!drm\/|subtitles\/)/m;
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
