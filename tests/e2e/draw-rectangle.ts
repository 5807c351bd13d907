import { expect, type Locator, type Page } from '@playwright/test';
import type { Box } from '#contract/shared';

/** The live tile of a camera, by the camera's name. */
export function tileOf(page: Page, cameraName: string): Locator {
  return page.getByRole('region', { name: cameraName });
}

export async function expectLive(tile: Locator): Promise<void> {
  await expect(tile.getByRole('status')).toContainText('实时', { timeout: 90_000 });
}

/** Where the decoded picture lies on the screen, without the bars beside it. */
async function pictureOn(tile: Locator) {
  const picture = tile.locator('canvas, video');
  await expect(picture).toBeVisible();
  return picture.evaluate((element) => {
    const [width, height] =
      element instanceof HTMLVideoElement
        ? [element.videoWidth, element.videoHeight]
        : element instanceof HTMLCanvasElement
          ? [element.width, element.height]
          : [0, 0];
    const box = element.getBoundingClientRect();
    const scale = Math.min(box.width / width, box.height / height);
    return {
      x: box.x + (box.width - width * scale) / 2,
      y: box.y + (box.height - height * scale) / 2,
      width: width * scale,
      height: height * scale,
    };
  });
}

/** Drags the rectangle, in fractions of the picture; `beforeRelease` looks at the page while it is being dragged. */
export async function drawRectangle(
  tile: Locator,
  box: Box,
  beforeRelease?: () => Promise<void>,
): Promise<void> {
  const { mouse } = tile.page();
  const picture = await pictureOn(tile);
  const at = (u: number, v: number) =>
    [picture.x + u * picture.width, picture.y + v * picture.height] as const;
  await mouse.move(...at(box.x, box.y));
  await mouse.down();
  await mouse.move(...at(box.x + box.width / 2, box.y + box.height / 2));
  await mouse.move(...at(box.x + box.width, box.y + box.height), { steps: 4 });
  await beforeRelease?.();
  await mouse.up();
  // The frame it was begun on stands still: before it is kept, Enter files nothing.
  await expect(tile.page().locator('[data-camera] img')).toBeVisible();
}

/** The dialog beside the rectangle, and its type-ahead. */
export function choiceOf(page: Page) {
  const dialog = page.getByRole('dialog', { name: '选择类别并立案' });
  return { dialog, classes: dialog.getByRole('combobox', { name: '类别' }) };
}
