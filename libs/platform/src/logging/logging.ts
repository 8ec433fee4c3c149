import type { Params } from 'nestjs-pino';

/** JSON lines, pretty on a terminal. Requests are not logged one by one, and bodies never: they hold persons. */
export const loggingOptions = (service: string, level: string): Params => ({
  forRoutes: [], // nor does each request get a logger of its own: that would cost more than most of what it is for
  pinoHttp: {
    level,
    autoLogging: false,
    quietReqLogger: true,
    base: { service },
    redact: ['req.headers.authorization'],
    ...(process.stdout.isTTY ? { transport: { target: 'pino-pretty', options: { singleLine: true } } } : {}),
  },
});
