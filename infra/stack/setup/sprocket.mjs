#!/usr/bin/env node
/** Entry of the command line `sprocket`, as `npx sprocket` starts it in the project's folder. */
import { pathToFileURL } from 'node:url';
import { bringUpToDate, isBuilt, programFile } from './bring-up-to-date.mjs';

/** Shells ask for completions while a person types, which is no time for a build. */
const isTyping = process.argv[2] === 'completion';
if (!(isTyping && isBuilt('sprocket'))) await bringUpToDate('sprocket');
await import(pathToFileURL(programFile('sprocket')).href);
