/** Where a picture of that size lies in a box it is fitted into whole, centred (CSS `object-fit: contain`). */
export function fitPicture(box: DOMRectReadOnly, picture: { width: number; height: number }): DOMRect {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return new DOMRect(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height);
}
