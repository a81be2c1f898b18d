import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { OpenStreams } from '../auth/open-streams';
import { RequireScope } from '../auth/scope.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { Problem } from '../problems/problem';
import { EventTail } from './event-tail';
import { sendVideoEvents } from './send-video-events';

const SEQUENCE = /^\d{1,15}$/;

/** Events of all videos that a caller sees. */
@ApiTags('videos')
@Controller(`${API_PREFIX}/events`)
export class EventsController {
  constructor(
    private readonly tail: EventTail,
    private readonly streams: OpenStreams,
  ) {}

  @Get()
  @RequireScope('videos:read')
  @Refuses({ 422: 'Last-Event-ID is no id of an event' })
  @ApiOperation({
    operationId: 'streamEvents',
    summary: 'Events of all videos that the key sees, as server-sent events; Last-Event-ID resumes',
  })
  @ApiProduces('text/event-stream')
  async events(@CallerParam() caller: Caller, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (request.method === 'HEAD') {
      response.set('Content-Type', 'text/event-stream').end();
      return;
    }
    const lastId = request.get('last-event-id');
    if (lastId !== undefined && !SEQUENCE.test(lastId)) {
      throw new Problem(422, 'LastEventIdInvalid', 'Last-Event-ID is no id of an event; leave it out to begin with new events.');
    }
    this.streams.watch(request, response);
    await sendVideoEvents(response, this.tail, {
      creatorId: caller.seesAllVideos ? undefined : caller.creatorId,
      lastSequence: lastId === undefined ? null : await this.tail.known(Number(lastId)),
    });
  }
}
