import { join } from 'node:path';
import { projectRoot } from '../../infra/stack/setup/project-root';

/** The workflow code as workers of this release run it: the build, which precedes every run of the tests, has bundled it. */
export const BUILT_WORKFLOWS = { codePath: join(projectRoot(), 'dist', 'workflow-bundle.js') };
