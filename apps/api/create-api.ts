import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { HOUR_MS } from '../../temporal/contract/units';
import type { ApiConfig } from './api-settings';
import { ApiModule } from './api.module';
import { Metrics } from './health/metrics';
import { setUpOpenApi } from './open-api';
import { consoleFolder, shakaFolder, shakaStyles } from './watch/watch-assets';

const ASSET_MAX_AGE_MS = HOUR_MS;

/** The API as an application that does not listen yet. It needs no dependency to be up. */
export async function createApi(config: ApiConfig, logger: LoggerService): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.forRoot(config), {
    // Players and event streams hold connections open for hours.
    forceCloseConnections: true,
    logger,
  });
  app.disable('x-powered-by');
  app.use(app.get(Metrics).middleware);
  app.enableCors({
    origin: '*',
    methods: ['GET', 'HEAD', 'POST', 'DELETE'],
    exposedHeaders: ['ETag', 'Content-Length', 'Content-Range', 'Accept-Ranges', 'Retry-After'],
    maxAge: 3600,
  });
  serveAssets(app);
  setUpOpenApi(app);
  return app;
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
