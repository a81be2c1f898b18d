import type { ProgramSpec } from './tool-table';

/** The version in the output of a tool's version command, or null when the output is another program's. */
export function parseVersion(spec: ProgramSpec, output: string): string | null {
  return spec.versionPattern.exec(output)?.[1] ?? null;
}

/** True when the tool that printed `output` is new enough and built with the needed features. */
export function suffices(spec: ProgramSpec, output: string): boolean {
  const version = parseVersion(spec, output);
  if (version === null || (spec.mustMention && !spec.mustMention.test(output))) return false;
  return compareVersions(version.split('.').map(Number), spec.minimum) >= 0;
}

/** Negative, zero or positive, as a sort function wants it; missing parts count as zero. */
export function compareVersions(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
