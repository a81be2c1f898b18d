/**
 * Entry of every npm script. Needs nothing but Node: brings packages and build up to date, then hands over to the
 * compiled command line.
 */
import { pathToFileURL } from 'node:url';
import { bringUpToDate, isBuilt, programFile } from './bring-up-to-date.mjs';

/** These act on a stack that exists: they never wait for an installation or a build. */
const COMMANDS_WITHOUT_SETUP = ['down', 'status'];

const usesWhatIsThere = COMMANDS_WITHOUT_SETUP.includes(process.argv[2] ?? '') && isBuilt('cli');
if (!usesWhatIsThere) await bringUpToDate('cli');
await import(pathToFileURL(programFile('cli')).href);
