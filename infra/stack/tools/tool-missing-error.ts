/** A tool can be neither found nor installed. The message says what to do. */
export class ToolMissingError extends Error {
  override readonly name = 'ToolMissingError';
}
