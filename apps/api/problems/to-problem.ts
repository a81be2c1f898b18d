import { HttpException } from '@nestjs/common';
import { ZodValidationException } from 'nestjs-zod';
import { ZodError } from 'zod';
import { Failure, FAILURES } from '../../../temporal/contract/failures';
import { Problem } from './problem';

const RETRY_AFTER_SECONDS = 5;
/** Sentences for what the framework refuses; its own texts quote the input. */
const FRAMEWORK_DETAILS: Record<number, [code: string, detail: string]> = {
  400: ['MalformedRequest', 'The body is not valid JSON.'],
  404: ['NotFound', 'There is nothing at this address.'],
  413: ['BodyTooLarge', 'The request body is too large; file contents go to the upload URLs, not to this call.'],
  415: ['UnsupportedMediaType', 'Send the body as application/json.'],
};

/** Turns anything thrown while a request is handled into an answer that gives nothing away. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Failure) return fromFailure(error);
  if (error instanceof ZodValidationException) return fromZod(error.getZodError());
  if (error instanceof HttpException) return fromHttpStatus(error.getStatus());
  // Errors of body-parser and the router carry the status of their answer (http-errors).
  const { status, expose } = (error ?? {}) as { status?: unknown; expose?: unknown };
  if (typeof status === 'number' && status < 500 && expose === true) return fromHttpStatus(status);
  return new Problem(500, 'InternalError', 'Something went wrong on our side. Quote the error id when you report it.');
}

function fromFailure(failure: Failure): Problem {
  const rule = FAILURES[failure.type];
  const headers = rule.httpStatus === 503 ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : undefined;
  return new Problem(rule.httpStatus, failure.type, `${failure.message} ${rule.advice}`, headers ? { headers } : {});
}

function fromZod(error: unknown): Problem {
  const issues = error instanceof ZodError ? error.issues : [];
  const errors = issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  const sentences = errors.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  return new Problem(422, 'ValidationFailed', `Correct the request: ${sentences.join('; ')}.`, { extensions: { errors } });
}

function fromHttpStatus(status: number): Problem {
  const [code, detail] = FRAMEWORK_DETAILS[status] ?? ['RequestRefused', 'The request was refused.'];
  return new Problem(status, code, detail);
}
