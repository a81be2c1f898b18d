import { Injectable } from '@nestjs/common';
import { exhaustMap, filter, share, Subject, timer, type Observable } from 'rxjs';
import { EventsRepository, type VideoEvent } from '../../../infra/database/events/events-repository';
import { SETTLED_AFTER_MS, settledEvents } from './settled-events';

const LOOK_EVERY_MS = 1_000;
const MOST_EVENTS = 500;
/** Each client that comes back holds so many. */
const MOST_MISSED_EVENTS = 100;

/** New events of all videos. All listeners of this process share one look at the database per second; without listeners there is none. */
@Injectable()
export class EventTail {
  private last: number | null = null;
  readonly events: Observable<VideoEvent[]>;

  constructor(private readonly rows: EventsRepository) {
    this.events = timer(0, LOOK_EVERY_MS).pipe(
      exhaustMap(() => this.look()),
      filter((events) => events.length > 0),
      share({
        connector: () => new Subject<VideoEvent[]>(),
        resetOnRefCountZero: () => {
          this.last = null;
          return timer(0);
        },
      }),
    );
  }

  /** `sequence`, or null where it is beyond all events, as after a restore: the client would hear nothing until their numbers have caught up. Throws `DatabaseUnavailable`. */
  async known(sequence: number): Promise<number | null> {
    return sequence <= (await this.rows.newest()) ? sequence : null;
  }

  /** Events behind `sequence` that are settled, for a client that comes back. Throws `DatabaseUnavailable`. */
  async missed(sequence: number, creatorId: string | undefined): Promise<VideoEvent[]> {
    const horizon = this.last ?? (await this.rows.lastBefore(settledTime()));
    return (await this.rows.after(sequence, MOST_MISSED_EVENTS, creatorId)).filter((event) => event.sequence <= horizon);
  }

  /** None while the database is away: listeners get them later. */
  private async look(): Promise<VideoEvent[]> {
    try {
      this.last ??= await this.rows.lastBefore(settledTime());
      const events = settledEvents(await this.rows.after(this.last, MOST_EVENTS), this.last, Date.now());
      this.last = events.at(-1)?.sequence ?? this.last;
      return events;
    } catch {
      return [];
    }
  }
}

function settledTime(): Date {
  return new Date(Date.now() - SETTLED_AFTER_MS);
}
