import type { Command } from 'commander';

/**
 * Adds `completion bash|zsh|fish|powershell`, which prints a script for that shell, and the hidden `complete` that the script calls.
 * Commands, options and the values of choices are read from the program, so nothing is listed twice.
 */
export async function addCompletion(program: Command): Promise<void> {
  // An ES module; `import()` is what loads it everywhere.
  const { default: tab } = await import('@bomb.sh/tab/commander');
  tab(program, { completionCommandName: 'completion' });
}
