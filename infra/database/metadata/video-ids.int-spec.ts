import { ulid } from 'ulid';
import { createEmptyDatabase, type EmptyDatabase } from '../testing/empty-database';
import type { Database } from '../database';
import { migrate } from '../migrate';
import { newVideo } from '../testing/new-video';
import { VideoLists } from '../video-lists';
import type { NewVideo } from '../video';
import { VideosRepository } from '../videos-repository';
import type { VideoMetadata } from './metadata-tables';
import { VideoDetailsRepository } from './video-details';
import type { VideoFilter } from './video-ids';

let server: EmptyDatabase;
let db: Database;
let lists: VideoLists;

const START = Date.parse('2026-01-01T00:00:00Z');
const DETAILS: (Pick<NewVideo, 'title' | 'creatorId' | 'preset'> & { metadata: VideoMetadata })[] = [
  { title: 'Spring at the sea', creatorId: 'ann', preset: 'fast', metadata: { campaign: 'spring', place: 'sea' } },
  { title: '100 % wool', creatorId: 'ann', preset: 'standard', metadata: { campaign: 'spring' } },
  { title: 'A_B', creatorId: 'bob', preset: 'fast', metadata: { campaign: 'Spring' } },
  { title: 'The SEA again', creatorId: 'bob', preset: 'fast', metadata: { campaign: 'spring ', place: 'sea' } },
];
/** One a minute, so that ids and instants are known. */
const FILMS = DETAILS.map((film, index) => ({ ...film, videoId: ulid(START + index * 60_000) }));

beforeAll(async () => {
  server = await createEmptyDatabase();
  db = server.connect();
  await migrate(db);
  const videos = new VideosRepository(db);
  for (const film of FILMS) await videos.create(newVideo(film));
  for (const [index, { videoId }] of FILMS.entries()) {
    await db
      .updateTable('videos')
      .set({ createdAt: new Date(START + index * 60_000 + 500) })
      .where('videoId', '=', videoId)
      .execute();
  }
  lists = new VideoLists(db);
});

afterAll(() => server.drop());

async function titlesOf(filter: Partial<VideoFilter>): Promise<string[]> {
  const { videos } = await lists.list({ limit: 10, ...filter });
  return videos.map(({ title }) => title);
}

const at = (minutes: number) => new Date(START + minutes * 60_000 + 500);

it.each<[string, Partial<VideoFilter>, number[]]>([
  ['all, newest first', {}, [3, 2, 1, 0]],
  ['a creator and a preset', { creatorId: 'bob', preset: 'fast' }, [3, 2]],
  ['a status', { status: 'ready' }, []],
  ['an instant and later', { createdFrom: at(1) }, [3, 2, 1]],
  ['before an instant', { createdBefore: at(1) }, [0]],
  ['a range', { createdFrom: at(1), createdBefore: at(3) }, [2, 1]],
  ['an instant beyond all ids', { createdFrom: new Date('9999-01-01T00:00:00Z') }, []],
  ['a part of the title in either case', { titlePart: 'sea' }, [3, 0]],
  ['a sign of LIKE as it is', { titlePart: '0 %' }, [1]],
  ['another', { titlePart: '_' }, [2]],
  ['a pair to the byte', { metadata: { campaign: 'spring' } }, [1, 0]],
  ['two pairs', { metadata: { campaign: 'spring', place: 'sea' } }, [0]],
  ['everything together', { titlePart: 'sea', creatorId: 'bob', metadata: { place: 'sea' }, createdFrom: at(0) }, [3]],
])('lists %s', async (_, filter, expected) => {
  expect(await titlesOf(filter)).toEqual(expected.map((index) => FILMS[index]!.title));
});

it.each<[string, Partial<VideoFilter>]>([
  ['a list', {}],
  ['a search in titles', { titlePart: 'a' }],
])('has each video once on the pages of %s, while others are added', async (_, filter) => {
  const videos = new VideosRepository(db);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await lists.list({ limit: 1, creatorId: 'bob', cursor, ...filter });
    seen.push(...page.videos.map(({ videoId }) => videoId));
    cursor = page.nextCursor ?? undefined;
    await videos.create(newVideo({ creatorId: 'bob', title: 'A new one' }));
  } while (cursor);
  expect(seen.filter((id) => FILMS.some(({ videoId }) => videoId === id))).toEqual([FILMS[3]!.videoId, FILMS[2]!.videoId]);
  expect(new Set(seen).size).toBe(seen.length);
});

it('finds a video by its pairs of now', async () => {
  const details = new VideoDetailsRepository(db);
  const { videoId } = FILMS[0]!;
  await details.change(videoId, ({ title }) => ({ title, metadata: { campaign: 'autumn' } }));
  expect(await titlesOf({ metadata: { campaign: 'autumn' } })).toEqual([FILMS[0]!.title]);
  expect(await titlesOf({ metadata: { place: 'sea', campaign: 'spring' } })).toEqual([]);
  const refuse = () => {
    throw new RangeError('no');
  };
  await expect(details.change(videoId, refuse)).rejects.toThrow(RangeError);
  expect(await titlesOf({ metadata: { campaign: 'autumn' } })).toEqual([FILMS[0]!.title]);
  expect(await details.change(ulid(), (unchanged) => unchanged)).toBeNull();
});
