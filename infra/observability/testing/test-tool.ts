/** The tool that the test runner has found. */
export function testTool(variable: string): string {
  const path = process.env[variable];
  if (!path) throw new Error(`${variable} is not set: the test runner names every tool`);
  return path;
}
