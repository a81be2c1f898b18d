/** What ffmpeg and its encoders print when the system refuses them memory, or the stack of a thread. */
const REFUSALS = [
  /(?:Cannot|Could not) allocate memory/,
  /malloc of size \d+ failed/,
  // A decoder without memory for a frame drops it, and calls the packet invalid.
  /get_buffer\(\) failed/,
  /(?:opening|initializing|binding) .*Resource temporarily unavailable/,
];

/** dav1d answers damaged frames with the same words. */
const DAMAGE = /\blibdav1d @/;

/**
 * Whether a tool says in this line of its stderr that it was refused memory. ffmpeg may end with exit code 0 after that: it
 * takes a refusal while it reads for the end of the source, and leaves out frames that it has no memory for.
 */
export function tellsOfRefusedMemory(line: string): boolean {
  return REFUSALS.some((refusal) => refusal.test(line)) && !DAMAGE.test(line);
}
