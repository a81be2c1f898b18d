import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Answer } from '../../../packages/client/src/api-bodies';
import { byId, dataOf } from '../../../packages/client/src/sprocket-client';
import { UsageError } from '../exit-code';
import type { Session } from '../session';
import type { AddCommands } from './act';

const FORMATS = ['.vtt', '.srt'];

interface SubtitleChoice {
  language: string;
  label?: string;
}

type Added = Answer<'/api/v1/videos/{id}/subtitles', 'post'>;

/** `subtitles add` and `subtitles list`. */
export const addSubtitleCommands: AddCommands = (program, act) => {
  const subtitles = program.command('subtitles').description('Text tracks of a video');
  subtitles
    .command('add <id> <file>')
    .description('Add subtitles in WebVTT or SubRip; nothing is encoded again')
    .requiredOption('--language <tag>', 'BCP 47 tag, such as en or pt-BR')
    .option('--label <name>', 'name in the menu of players')
    .action(act(add));
  subtitles.command('list <id>').description('Text tracks of a video').action(act(list));
};

/** Sent as a form, so that the service reads the encoding of the file. */
async function add({ client, out }: Session, id: string, file: string, { language, label }: SubtitleChoice): Promise<void> {
  const form = new FormData();
  form.set('language', language);
  if (label) form.set('label', label);
  if (!FORMATS.includes(extname(file).toLowerCase())) throw new UsageError('Subtitles are a file that ends in .vtt or .srt.');
  form.set('format', extname(file).slice(1).toLowerCase());
  form.set('file', new Blob([readText(file)]), basename(file));
  const request = { ...byId(id), body: form as never, bodySerializer: (body: unknown) => body as FormData };
  const added = (await dataOf(client.http.POST('/api/v1/videos/{id}/subtitles', request as never))) as Added;
  out.result(added, `${added.subtitle_id}  ${added.language}  ${added.cue_count} cues`);
  for (const { line, message } of added.warnings) out.say(`line ${line}: ${message}`);
}

function readText(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    throw new UsageError(`The file ${file} cannot be read.`);
  }
}

async function list({ client, out }: Session, id: string): Promise<void> {
  const { subtitles } = await dataOf(client.http.GET('/api/v1/videos/{id}/subtitles', byId(id)));
  out.list(subtitles, ['id', 'language', 'label', 'kind', 'origin', 'cues'], (row) => [
    ...[row.subtitle_id, row.language, row.label, row.kind, row.origin, row.cue_count],
  ]);
}
