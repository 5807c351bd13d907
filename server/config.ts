import { resolve } from 'node:path';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { MapSource } from '#contract/map';
import { readMapSources } from './map/read-sources.ts';
import { projectRoot } from './project-root.ts';

/** Every setting, read from the environment once. This is the only reader of `process.env`. */
const Environment = Type.Object({
  HOST: Type.String({ minLength: 1, default: '127.0.0.1' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 8080 }),
  GRIDWATCH_DATA: Type.String({ minLength: 1, default: './.gridwatch' }),
  GRIDWATCH_SAMPLE: Type.Union([Type.Literal('qilihe'), Type.Literal('none')], { default: 'qilihe' }),
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  FFMPEG_PATH: Type.String({ minLength: 1, default: 'ffmpeg' }),
  GRIDWATCH_TZ: Type.Literal('Asia/Shanghai', { default: 'Asia/Shanghai' }),
  GRIDWATCH_CLOCK: Type.String({ pattern: '^(system|\\d{4}-\\d{2}-\\d{2}T.*Z)$', default: 'system' }),
  PUBLIC_URL: Type.Optional(Type.String({ pattern: '^https?://' })),
  TRUST_PROXY: Type.Boolean({ default: false }),
  GRIDWATCH_MAP: Type.Optional(Type.String({ minLength: 1 })),
  LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map((level) => Type.Literal(level)),
    { default: 'info' },
  ),
});

export interface Config {
  host: string;
  port: number;
  dataDir: string;
  sample: 'qilihe' | 'none';
  databaseUrl?: string;
  ffmpegPath: string;
  timeZone: 'Asia/Shanghai';
  /** `system`, or the fixed instant a test starts from. */
  clock: string;
  publicUrl?: string;
  trustProxy: boolean;
  /** What the map may show besides the deployment's own tiles. */
  map: MapSource[];
  logLevel: string;
}

/** One line per wrong value; the process ends with 78 (EX_CONFIG). */
export class ConfigError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const known = Object.keys(Environment.properties);
  const given = Object.fromEntries(
    known.flatMap((key) => (environment[key] ? [[key, environment[key]]] : [])),
  );
  const value: unknown = Value.Default(Environment, Value.Convert(Environment, given));
  const map = given.GRIDWATCH_MAP
    ? readMapSources(given.GRIDWATCH_MAP, projectRoot)
    : { sources: [], problems: [] };
  const mapProblems = map.problems.map((problem) => `GRIDWATCH_MAP: ${problem}`);
  if (!Value.Check(Environment, value)) {
    throw new ConfigError([
      ...Value.Errors(Environment, value).map((error) => {
        const key = error.instancePath.slice(1);
        return `${key}: ${JSON.stringify(environment[key] ?? null)} ${error.message}`;
      }),
      ...mapProblems,
    ]);
  }
  if (mapProblems.length > 0) throw new ConfigError(mapProblems);
  return fromEnvironment(value, map.sources);
}

function fromEnvironment(env: Static<typeof Environment>, map: MapSource[]): Config {
  return {
    host: env.HOST,
    port: env.PORT,
    // A relative folder is relative to the project, wherever the process was started.
    dataDir: resolve(projectRoot, env.GRIDWATCH_DATA),
    sample: env.GRIDWATCH_SAMPLE,
    ...(env.DATABASE_URL ? { databaseUrl: env.DATABASE_URL } : {}),
    ffmpegPath: env.FFMPEG_PATH,
    timeZone: env.GRIDWATCH_TZ,
    clock: env.GRIDWATCH_CLOCK,
    ...(env.PUBLIC_URL ? { publicUrl: env.PUBLIC_URL } : {}),
    trustProxy: env.TRUST_PROXY,
    map,
    logLevel: env.LOG_LEVEL,
  };
}
