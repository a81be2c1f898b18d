import { BadRequestException, NotFoundException } from '@nestjs/common';
import { ZodValidationException } from 'nestjs-zod';
import { z } from 'zod';
import { Failure } from '../../../temporal/contract/failures';
import { describeForLog } from './describe-error';
import { Problem, problemBody } from './problem';
import { toProblem } from './to-problem';

const SECRET = 'https://store/bucket/key?X-Amz-Signature=abc';

it('answers a dependency that is down with 503 and Retry-After', () => {
  const problem = toProblem(new Failure('StorageUnavailable', 'Object storage did not answer.', { cause: new Error(SECRET) }));
  expect(problem).toMatchObject({ status: 503, code: 'StorageUnavailable', options: { headers: { 'Retry-After': '5' } } });
});

it.each([
  [new Error(SECRET), 500, 'InternalError'],
  [SECRET, 500, 'InternalError'],
  [undefined, 500, 'InternalError'],
  [new BadRequestException(SECRET), 400, 'MalformedRequest'],
  [new NotFoundException(SECRET), 404, 'NotFound'],
  [Object.assign(new Error(SECRET), { status: 413, expose: true }), 413, 'BodyTooLarge'],
  [Object.assign(new Error(SECRET), { status: 403 }), 500, 'InternalError'],
])('gives nothing of the error away (%#)', (error, status, code) => {
  const body = problemBody(toProblem(error), 'E');
  expect(body).toMatchObject({ status, code, error_id: 'E' });
  expect(JSON.stringify(body)).not.toContain('Signature');
});

it('keeps URLs out of the log, and with them passwords and signatures', () => {
  const error = new Problem(500, 'X', `GET ${SECRET} failed`);
  const logged = describeForLog(Object.assign(error, { cause: new Error('mysql://root:pw@host/db refused') }));
  expect(logged).not.toMatch(/Signature|root:pw/);
  expect(logged).toContain('<url>');
});

it('names the item and the field that a request has wrong', () => {
  const schema = z.object({ items: z.array(z.object({ source_url: z.url({ error: 'is an http or https URL' }) })) });
  const { error } = schema.safeParse({ items: [{ source_url: 'https://media.example/a.mp4' }, { source_url: 'a' }] });
  expect(toProblem(new ZodValidationException(error!))).toMatchObject({
    detail: 'Correct the request: items[1].source_url: is an http or https URL.',
    options: { extensions: { errors: [{ field: 'items[1].source_url', message: 'is an http or https URL' }], errors_total: 1 } },
  });
});
