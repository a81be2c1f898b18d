import { Controller, Get, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../auth/public.decorator';

/** The address without a path leads to the description of the API. */
@ApiExcludeController()
@Public()
@Controller()
export class HomeController {
  /** Relative, so that it holds behind a proxy that adds a folder. */
  @Get()
  @Redirect('docs', 302)
  open(): void {}
}
