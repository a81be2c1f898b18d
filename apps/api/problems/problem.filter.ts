import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ulid } from 'ulid';
import { Failure } from '../../../temporal/contract/failures';
import { allowedMethods } from '../http/allowed-methods';
import { noteRefusal, requestIdOf } from '../http/request-log';
import { describeForLog } from './describe-error';
import { Problem, problemBody } from './problem';
import { toProblem } from './to-problem';

/** Answers every error as `application/problem+json` and logs what is the service's own fault. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const request = http.getRequest<Request>();
    const problem = atKnownAddress(toProblem(error), request);
    if (problem.status === 405 && request.method === 'OPTIONS') {
      response
        .status(204)
        .set(problem.options.headers ?? {})
        .end();
      return;
    }
    const errorId = ulid();
    noteRefusal(response, { code: problem.code, error_id: errorId });
    // A problem that was thrown as such is an answer, not a surprise.
    if (problem.status >= 500 && problem !== error) this.log(error, errorId, response);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response
      .status(problem.status)
      .set({ 'Cache-Control': 'no-store', ...problem.options.headers })
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem, errorId)));
  }

  /** The line of the request has its route and status. */
  private log(error: unknown, errorId: string, response: Response): void {
    const line = { message: describeForLog(error), error_id: errorId, request_id: requestIdOf(response) };
    if (error instanceof Failure) this.logger.warn(line);
    else this.logger.error(line);
  }
}

/** An address that other methods have is there (RFC 9110 15.5.6). */
function atKnownAddress(problem: Problem, request: Request): Problem {
  if (problem.code !== 'NotFound') return problem;
  const methods = allowedMethods(request);
  if (methods.length === 0) return problem;
  const Allow = methods.join(', ');
  return new Problem(405, 'MethodNotAllowed', `This address takes ${Allow}.`, { headers: { Allow } });
}
