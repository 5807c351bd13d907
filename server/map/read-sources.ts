import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { MapSource } from '#contract/map';

const MapSources = Type.Array(MapSource);
/** What stands for a part of an address that the map fills in; `{s}` is one of several servers. */
const HOST_PLACEHOLDER = /\{[a-z0-9-]+\}/i;

/**
 * The map sources of `GRIDWATCH_MAP`: JSON itself (it begins with a bracket) or the path of a JSON file, relative to
 * `folder`. One line per problem, so that all of them are told at once.
 */
export function readMapSources(text: string, folder: string): { sources: MapSource[]; problems: string[] } {
  let value: unknown;
  try {
    const inline = text.trimStart().startsWith('[');
    const path = resolve(folder, text);
    if (!inline && !existsSync(path)) return refuse(`there is no file ${path}`);
    value = JSON.parse(inline ? text : readFileSync(path, 'utf8'));
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  if (!Value.Check(MapSources, value)) {
    return refuse(
      ...Value.Errors(MapSources, value).map(
        ({ instancePath, message }) => `${instancePath || '/'} ${message}`,
      ),
    );
  }
  const problems = value.flatMap((source, index) => checkSource(source, index, value));
  return problems.length > 0 ? refuse(...problems) : { sources: value, problems: [] };
}

function refuse(...problems: string[]) {
  return { sources: [], problems };
}

function checkSource(source: MapSource, index: number, all: readonly MapSource[]): string[] {
  const { id, kind, url, layer, minZoom, maxZoom } = source;
  const problems: string[] = [];
  const wrong = (what: string) => problems.push(`/${index} (${id}) ${what}`);
  if (all.findIndex((other) => other.id === id) !== index) wrong('has the id of another source');
  if (kind === 'xyz' && !['{x}', '{z}'].every((part) => url.includes(part)))
    wrong('url of an xyz source needs {z}, {x} and {y} or {reverseY}');
  if (kind === 'xyz' && !/\{(y|reverseY|-y)\}/.test(url))
    wrong('url of an xyz source needs {y} or {reverseY}');
  if (kind === 'wmts' && layer === undefined) wrong('a wmts source needs layer');
  if (minZoom !== undefined && maxZoom !== undefined && minZoom > maxZoom) wrong('minZoom is above maxZoom');
  if (/^https?:/.test(url) && originOf(url) === undefined) wrong('url has no valid host');
  return problems;
}

/**
 * The origins a browser must be allowed to fetch from, for the Content-Security-Policy; paths on the own site need
 * none. `https://t{s}.tiles.example` becomes `https://*.tiles.example`: a policy has no finer wildcard.
 */
export function originsOf(sources: readonly MapSource[]): string[] {
  return [...new Set(sources.flatMap(({ url }) => (/^https?:/.test(url) ? (originOf(url) ?? []) : [])))];
}

function originOf(url: string): string | undefined {
  const [, scheme, authority] = /^(https?):\/\/([^/?#]+)/.exec(url) ?? [];
  if (!scheme || !authority || /[\s;,'"@*]/.test(authority)) return undefined;
  const [first = '', ...rest] = authority.split('.');
  const host = HOST_PLACEHOLDER.test(first) ? ['*', ...rest].join('.') : authority;
  if (rest.some((label) => label.includes('{')) || (host.startsWith('*') && rest.length < 2))
    return undefined;
  return URL.canParse(`${scheme}://${host.replace('*', 'any')}`) ? `${scheme}://${host}` : undefined;
}
