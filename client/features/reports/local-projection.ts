import { projectBox } from '#geometry/project-to-ground';
import type { Framing } from './framing-store.ts';

export type LocalProjection = ReturnType<typeof projectBox> | undefined;

/** Where the rectangle lies by the browser's own reckoning; undefined for a camera without calibration. */
export function projectFraming({
  camera,
  box,
  entry,
}: Pick<Framing, 'camera' | 'box' | 'entry'>): LocalProjection {
  const { model } = camera;
  if (!model || box.width === 0 || box.height === 0) return undefined;
  const { p1, p2, covariance, ...rest } = model;
  return projectBox(
    {
      ...rest,
      ...(p1 === undefined ? {} : { p1 }),
      ...(p2 === undefined ? {} : { p2 }),
      ...(covariance === undefined ? {} : { covariance }),
    },
    box,
    entry?.stance ?? 'upright',
  );
}
