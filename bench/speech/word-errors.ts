/** Words as they are compared: how they are spelled matters, and nothing else. */
export function wordsOf(text: string): string[] {
  const plain = text.toLowerCase().replace(/\bmr\b\.?/g, 'mister');
  return plain
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim()
    .split(' ')
    .filter(Boolean);
}

/** The word error rate: words that are wrong, missing or too many, over those that were said. */
export function wordErrorRate(said: readonly string[], heard: readonly string[]): number {
  let row = heard.map((_, index) => index + 1);
  row.unshift(0);
  for (const [index, word] of said.entries()) {
    const next = [index + 1];
    for (const [other, heardWord] of heard.entries()) {
      const exchanged = (row[other] ?? 0) + (word === heardWord ? 0 : 1);
      next.push(Math.min(exchanged, (row[other + 1] ?? 0) + 1, (next[other] ?? 0) + 1));
    }
    row = next;
  }
  return (row.at(-1) ?? 0) / said.length;
}
