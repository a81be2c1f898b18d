import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../infra/stack/setup/project-root';

const run = promisify(execFile);
const NODE_MODULES = join(projectRoot(), 'node_modules');

/**
 * Builds the release of a commit with the packages of this one and resolves to its folder; a finished build is used again.
 * Throws when git or the commit is not there.
 */
export async function builtRelease(commit: string): Promise<string> {
  const folder = join(projectRoot(), '.sprocket', 'releases', commit);
  if (existsSync(folder)) return folder;
  await refuseWithoutCommit(commit);
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await run('git', ['archive', '--output', join(unfinished, 'release.tar'), commit], { cwd: projectRoot() });
    await run('tar', ['-xf', 'release.tar'], { cwd: unfinished });
    await rm(join(unfinished, 'release.tar'));
    await symlink(NODE_MODULES, join(unfinished, 'node_modules'));
    await node(unfinished, join(NODE_MODULES, 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json');
    await node(unfinished, join('dist', 'infra', 'stack', 'bundle-workflows.js'));
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

async function node(cwd: string, ...args: string[]): Promise<void> {
  await run(process.execPath, args, { cwd });
}

async function refuseWithoutCommit(commit: string): Promise<void> {
  await run('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: projectRoot() }).catch((cause: unknown) => {
    throw new Error(
      `The release of commit ${commit} cannot be built: git is missing, or this is no full clone. Run "git fetch --unshallow" and try again.`,
      { cause },
    );
  });
}
