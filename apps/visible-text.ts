/**
 * What acts on a terminal in place of being shown: control characters, among them the escape that begins a sequence (ECMA-48 5.2, 5.3),
 * line and paragraph separators, and characters that reorder text (Unicode UAX 9, 2).
 */
const ACTING = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** A name or a sentence from elsewhere for one line of a terminal; what would act there is written as `\u001b`. */
export function visibleText(text: string): string {
  return text.replace(ACTING, unicodeEscape);
}

/** The same value as `JSON.stringify` gives; strings hold nothing that acts on a terminal (RFC 8259 7 permits to escape any character). */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value).replace(ACTING, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
