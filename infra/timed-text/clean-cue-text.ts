import { canonicalLanguage } from './language-tag';
import type { TextFormat } from './timed-text';

/** Spans of WebVTT (W3C WebVTT 4.2.2). SubRip has the first three. */
const SPANS = ['b', 'i', 'u', 'c', 'v', 'lang', 'ruby', 'rt'];
const WITH_ANNOTATION = ['v', 'lang'];
/** Spans within each other: more is no text that is meant to be read. */
const MOST_NESTED = 8;
const MOST_CLASSES = 4;
const ANNOTATION_MAX_CHARS = 100;
const TIMESTAMP = /^(?:\d{2,4}:)?[0-5]\d:[0-5]\d\.\d{3}$/;
/** Character references that players of WebVTT know (4.2.2). */
const REFERENCE = /^&(?:amp|lt|gt|lrm|rlm|nbsp|#\d{1,7}|#x[\da-fA-F]{1,6});/;
/** Overrides of SubStation Alpha, which SubRip files carry, and WebVTT that was made of them. */
const OVERRIDES = /\{\\[^{}]*\}/g;
const TOKENS = /<([^<>]*)>|<|&|[^<&]+/g;

/**
 * Cue text with the markup of WebVTT alone: other tags go and their text stays, what is open is closed, and what looks like markup and is none
 * is text. Takes time in proportion to the text.
 */
export function cleanCueText(text: string, format: TextFormat): string {
  const spans = new Spans();
  const source = text.replace(OVERRIDES, '');
  for (const match of source.matchAll(TOKENS)) {
    const [token, tag] = match;
    if (tag !== undefined && (format === 'vtt' || /^\/?[a-z]/i.test(tag))) spans.tag(tag);
    else if (token === '&') spans.text(format === 'vtt' && REFERENCE.test(source.slice(match.index, match.index + 12)) ? '&' : '&amp;');
    else spans.text(escaped(token));
  }
  return spans.end();
}

/** Spans that are open, and the text that is written with them. */
class Spans {
  private readonly open: string[] = [];
  /** Starts of spans beyond the most that may be nested, whose ends go with them. */
  private beyond: string[] = [];
  private written = '';

  text(text: string): void {
    this.written += text;
  }

  tag(tag: string): void {
    if (tag.startsWith('/')) this.close(/^[a-z]*/.exec(tag.slice(1).trim().toLowerCase())?.[0] ?? '');
    else if (TIMESTAMP.test(tag)) this.written += `<${tag}>`;
    else this.start(tag);
  }

  end(): string {
    while (this.open.length > 0) this.written += `</${this.open.pop()}>`;
    return this.written
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n');
  }

  private start(tag: string): void {
    const [, rawName = '', classes = '', annotation = ''] = /^([a-z]+)((?:\.[^\s.]*)*)([^]*)$/i.exec(tag) ?? [];
    const name = rawName.toLowerCase();
    if (!SPANS.includes(name)) return;
    const said = annotationOf(name, annotation);
    if (said === null || (name === 'rt' && !this.open.includes('ruby'))) return;
    if (this.open.length >= MOST_NESTED) {
      this.beyond.push(name);
      return;
    }
    const kept = classes.split('.').filter((one) => /^[\w-]{1,50}$/.test(one));

    this.written += `<${[name, ...kept.slice(0, MOST_CLASSES)].join('.')}${said}>`;
    this.open.push(name);
  }

  private close(name: string): void {
    if (this.beyond.at(-1) === name) this.beyond.pop();
    else if (this.open.includes(name)) {
      let closed: string | undefined;
      do {
        closed = this.open.pop();
        this.written += `</${closed}>`;
      } while (closed !== name);
      this.beyond = [];
    }
  }
}

/** The name of a speaker or a language tag with a blank before it; null for a span that cannot be without one. */
function annotationOf(name: string, annotation: string): string | null {
  if (!WITH_ANNOTATION.includes(name)) return '';
  const said = annotation.replace(/\s+/g, ' ').trim().slice(0, ANNOTATION_MAX_CHARS);
  const known = name === 'lang' ? canonicalLanguage(said) : said;
  return known ? ` ${escaped(known.replaceAll('&', '&amp;'))}` : null;
}

/** Without characters that cannot be seen and do not order text. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}]/gu, (control) => (control === '\n' ? '\n' : control === '\t' ? ' ' : ''))
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
