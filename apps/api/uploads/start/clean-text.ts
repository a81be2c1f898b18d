/**
 * A text as people see it: control characters, characters that reorder text and halves of surrogate pairs go, and blanks at
 * the ends. Bidi controls can make "exe.4pm" look like "mp4.exe" (Unicode TR 36). Cut to `maxChars` code points.
 */
export function cleanText(text: string, maxChars: number): string {
  const shown = text.replace(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '').trim();
  return Array.from(shown).slice(0, maxChars).join('').trim();
}
