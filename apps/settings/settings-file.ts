import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document, type YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from './config-error';

/**
 * What a YAML or JSON file of settings says. Throws {@link ConfigError} with the line of each mistake; `title` is how the sentence begins,
 * such as "PRESETS_FILE: the presets in presets.yaml".
 */
export function parseSettingsFile<T extends z.ZodType>(text: string, schema: T, title: string): z.infer<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [syntax] = document.errors;
  if (syntax) throw unusable(title, [`line ${syntax.linePos?.[0].line ?? 1}: ${syntaxSentence(syntax)}`]);
  const result = schema.safeParse(valueOf(document, title));
  if (result.success) return result.data;
  throw unusable(
    title,
    result.error.issues.map((issue) => `line ${lines.linePos(offsetOf(document, issue)).line}: ${sentenceOf(issue)}`),
  );
}

function syntaxSentence({ code, message }: YAMLParseError): string {
  return code === 'MULTIPLE_DOCS' ? 'a second document begins; a file holds one' : (message.split('\n', 1)[0] as string);
}

/** Aliases of aliases of aliases would fill the memory, so the parser refuses them. */
function valueOf(document: Document, title: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) throw unusable(title, ['aliases are repeated too often, or name nothing']);
    throw error;
  }
}

function unusable(title: string, problems: readonly string[]): ConfigError {
  return new ConfigError(`${title} are not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
}

type Issue = z.core.$ZodIssue;

function sentenceOf(issue: Issue): string {
  const place = issue.path.join('.');
  // What is wrong with a name stands one level deeper.
  const message = (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined) ?? issue.message;
  return place === '' ? message : `${place}: ${message}`;
}

/** Where an issue lies in the text: its value, its unknown key, or the nearest thing around a value that is missing. */
function offsetOf(document: Document, issue: Issue): number {
  for (let depth = issue.path.length; depth >= 0; depth--) {
    const node = document.getIn(issue.path.slice(0, depth), true);
    if (!isNode(node)) continue;
    const unknown = issue.code === 'unrecognized_keys' && isMap(node) ? keyOffset(node.items, issue.keys[0]) : undefined;
    return unknown ?? node.range?.[0] ?? 0;
  }
  return 0;
}

function keyOffset(pairs: readonly { key: unknown }[], name: string | undefined): number | undefined {
  const pair = pairs.find(({ key }) => isScalar(key) && key.value === name);
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}
