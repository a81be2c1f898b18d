import { HttpException } from '@nestjs/common';
import { ZodValidationException } from 'nestjs-zod';
import { z, ZodError } from 'zod';
import { Failure, FAILURES } from '../../../temporal/contract/failures';
import { Problem } from './problem';

const RETRY_AFTER_SECONDS = 5;
/** Sentences for what the framework refuses; its own texts quote the input. */
const FRAMEWORK_DETAILS: Record<number, [code: string, detail: string]> = {
  400: ['MalformedRequest', 'The request is malformed.'],
  404: ['NotFound', 'There is nothing at this address.'],
  413: [
    'BodyTooLarge',
    'The request body is too large; files of videos go to the upload URLs. A poster has 10 MiB at most, subtitles 4 MiB, the picture of a watermark 2 MiB.',
  ],
  415: ['UnsupportedMediaType', 'Send the body as application/json.'],
};

/** What body-parser and the router call their refusals of one status. */
const SENTENCES: Record<string, string> = {
  'entity.parse.failed': 'The body is not valid JSON.',
  'request.size.invalid': 'The body has another length than Content-Length says.',
  'request.aborted': 'The body broke off.',
  'charset.unsupported': 'Send the body in UTF-8.',
  'encoding.unsupported': 'Send the body as it is, or with gzip, deflate or br.',
  URIError: 'The address has a percent sign that no two hexadecimal digits of valid UTF-8 follow; write it as %25.',
};
/** A request with thousands of mistakes hears of the first ones. */
const MOST_ISSUES = 20;
const ISSUE_MAX_CHARS = 200;

/** Turns anything thrown while a request is handled into an answer that gives nothing away. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Failure) return fromFailure(error);
  if (error instanceof ZodValidationException) return fromZod(error.getZodError());
  if (error instanceof HttpException) return fromHttpStatus(error.getStatus(), sentenceFor(error));
  // Errors of body-parser and the router carry the status of their answer (http-errors).
  const { status, expose, type } = (error ?? {}) as { status?: unknown; expose?: unknown; type?: unknown };
  const isRefusal = typeof status === 'number' && status < 500 && expose === true;
  if (isRefusal) return fromHttpStatus(status, SENTENCES[String(type)]);
  return new Problem(500, 'InternalError', 'Something went wrong on our side. Quote the error id when you report it.');
}

function fromFailure(failure: Failure): Problem {
  const rule = FAILURES[failure.type];
  const headers = rule.httpStatus === 503 ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : undefined;
  return new Problem(rule.httpStatus, failure.type, `${failure.message} ${rule.advice}`, headers ? { headers } : {});
}

function fromZod(error: unknown): Problem {
  const issues = error instanceof ZodError ? error.issues : [];
  const errors = issues
    .slice(0, MOST_ISSUES)
    .map((issue) => ({ field: shortened(z.core.toDotPath(issue.path)), message: shortened(issue.message) }));
  const sentences = errors.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  if (issues.length > errors.length) sentences.push(`and ${issues.length - errors.length} more`);
  return new Problem(422, 'ValidationFailed', `Correct the request: ${sentences.join('; ')}.`, {
    extensions: { errors, errors_total: issues.length },
  });
}

/** The framework makes one exception of what the JSON parser and the router refuse; only the router's text begins so. */
function sentenceFor(error: HttpException): string | undefined {
  if (error.getStatus() !== 400) return undefined;
  return SENTENCES[error.message.startsWith('Failed to decode param') ? 'URIError' : 'entity.parse.failed'];
}

/** Field names and messages of unknown fields hold what the caller sent. */
function shortened(text: string): string {
  return text.length > ISSUE_MAX_CHARS ? `${text.slice(0, ISSUE_MAX_CHARS)}...` : text;
}

function fromHttpStatus(status: number, sentence?: string): Problem {
  const [code, detail] = FRAMEWORK_DETAILS[status] ?? ['RequestRefused', 'The request was refused.'];
  return new Problem(status, code, sentence ?? detail);
}
