/** A manifest without the video of other families than `family`, which are named in `families`. */
export function onlyFamily(manifestText: string, family: string, families: readonly string[]): string {
  const others = families.filter((name) => name !== family).join('|');
  return manifestText
    .replace(new RegExp(String.raw`#EXT-X-STREAM-INF:.*\ng1/(?:${others})/.*\n`, 'g'), '')
    .replace(new RegExp(String.raw`#EXT-X-I-FRAME-STREAM-INF:.*g1/(?:${others})/.*\n`, 'g'), '')
    .replace(/ *<AdaptationSet[\s\S]*?<\/AdaptationSet>\n/g, (set) => (new RegExp(`g1/(?:${others})/`).test(set) ? '' : set));
}
