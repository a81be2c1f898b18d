const GENERATION_IN_PATH = /(?:^|[/"])g(\d+)\//gm;

/** Generations that a manifest or any other published text refers to. */
export function referencedGenerations(text: string): number[] {
  return [...new Set([...text.matchAll(GENERATION_IN_PATH)].map((match) => Number(match[1])))].sort((a, b) => a - b);
}
