import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { HOUR_MS, MIB } from '../../temporal/contract/units';
import { API_PREFIX } from './api-prefix';
import type { ApiConfig } from './api-settings';
import { ApiModule } from './api.module';
import { Metrics } from './health/metrics';
import { PICTURE_TYPES, POSTER_TYPES } from '../../infra/rasters/raster-source';
import {
  isAboutBatches,
  isAboutPosters,
  isAboutSubtitles,
  isAboutWatermarks,
  refuseBrokenText,
  refuseOtherBodies,
} from './http/json-bodies';
import { refuseForeignPages } from './http/own-address';
import { refuseProtoNames } from './http/refuse-proto-names';
import { requestLog } from './http/request-log';
import { setResponseHeaders, shareWithEverySite } from './http/response-headers';
import { setUpOpenApi } from './open-api/open-api';
import { MOST_POSTER_BYTES } from './pictures/picture-schemas';
import { FORM_LIMIT_BYTES, FORM_TYPE, JSON_LIMIT_BYTES } from './subtitles/subtitle-request';
import { MOST_PICTURE_BYTES } from './watermarks/watermark-schemas';
import { consoleFolder, shakaFolder, shakaStyles } from './watch/watch-assets';

const ASSET_MAX_AGE_MS = HOUR_MS;
const BODY_LIMIT = '100kb';
/** A thousand requests to pull a video, with signed URLs. */
const BATCH_LIMIT_BYTES = 4 * MIB;
/** Base64 makes four bytes of three. */
const PICTURE_JSON_LIMIT_BYTES = 1.4 * MOST_PICTURE_BYTES;

/** The API as an application that does not listen yet. It needs no dependency to be up. */
export async function createApi(config: ApiConfig, logger: LoggerService): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.forRoot(config), {
    // Players and event streams hold connections open for hours.
    forceCloseConnections: true,
    bodyParser: false,
    logger,
  });
  app.disable('x-powered-by');
  if (config.limits.trustedProxies.length > 0) app.set('trust proxy', config.limits.trustedProxies);
  app.use(requestLog(), app.get(Metrics).middleware, setResponseHeaders(config.publicUrl), refuseForeignPages(config));
  app.use(['/stream', `/${API_PREFIX}/stream`], shareWithEverySite);
  app.use(refuseOtherBodies);
  app.useBodyParser('raw', {
    limit: MOST_POSTER_BYTES,
    type: (request) => isAboutPosters(request as Request) && Boolean((request as Request).is([...POSTER_TYPES])),
  });
  app.useBodyParser('raw', { type: [...PICTURE_TYPES], limit: MOST_PICTURE_BYTES });
  app.useBodyParser('json', {
    strict: false,
    limit: PICTURE_JSON_LIMIT_BYTES,
    verify: refuseBrokenText,
    type: (request) => isAboutWatermarks(request as Request) && Boolean((request as Request).is('application/json')),
  });
  useSubtitleBodies(app);
  app.useBodyParser('json', {
    limit: BATCH_LIMIT_BYTES,
    verify: refuseBrokenText,
    type: (request) => isAboutBatches(request as Request) && Boolean((request as Request).is('application/json')),
  });
  // Not strict: a body of `null` is valid JSON, and hears what is wrong with it.
  app.useBodyParser('json', { strict: false, limit: BODY_LIMIT, verify: refuseBrokenText });
  app.use(refuseProtoNames);
  serveAssets(app);
  setUpOpenApi(app, config);
  return app;
}

/** A whole film of text is larger than other requests. */
function useSubtitleBodies(app: NestExpressApplication): void {
  const isSubtitles = (type: string) => (request: unknown) =>
    isAboutSubtitles(request as Request) && Boolean((request as Request).is(type));
  app.useBodyParser('raw', { type: isSubtitles(FORM_TYPE), limit: FORM_LIMIT_BYTES });
  const json = { strict: false, limit: JSON_LIMIT_BYTES, verify: refuseBrokenText };
  app.useBodyParser('json', { ...json, type: isSubtitles('application/json') });
}

/** The files of the watch page. */
function serveAssets(app: NestExpressApplication): void {
  const styles = shakaStyles();
  app.use('/assets/shaka/controls.css', (_request: Request, response: Response) => {
    response
      .type('text/css')
      .set('Cache-Control', `public, max-age=${ASSET_MAX_AGE_MS / 1000}`)
      .send(styles);
  });
  app.useStaticAssets(shakaFolder(), { prefix: '/assets/shaka/', maxAge: ASSET_MAX_AGE_MS, index: false });
  app.useStaticAssets(consoleFolder(), { prefix: '/assets/console/', maxAge: 0, index: false });
}
