/** The part of vt-pbf that is used: it comes without types. */
declare module 'vt-pbf' {
  export interface WritableFeature {
    /** 1 point, 2 line, 3 polygon */
    type: 1 | 2 | 3;
    properties: Record<string, string | number | boolean>;
    loadGeometry(): { x: number; y: number }[][];
  }
  export interface WritableLayer {
    version: 2;
    name: string;
    extent: number;
    length: number;
    feature(index: number): WritableFeature;
  }
  /** Bytes of a vector tile. */
  export default function writeTile(tile: { layers: Record<string, WritableLayer> }): Uint8Array;
}
