/** RFC 5646 4.1: the language is not known. */
export const UNDETERMINED = 'und';

/** The name of a language in that language, such as `Deutsch` for the BCP 47 tag `de`; the tag itself where there is no name. */
export function languageName(tag: string): string {
  if (tag === UNDETERMINED) return 'Unknown language';
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}
