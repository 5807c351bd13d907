import { createRequire } from 'node:module';
import { workerData } from 'node:worker_threads';

// One GDAL for one file: its memory is given back when the thread ends.
const { gdalFolder, source, folder, name, file, geometryType } = workerData;
const initGdalJs = createRequire(import.meta.url)('gdal3.js/node');
const gdal = await initGdalJs({
  path: gdalFolder,
  dest: folder,
  useWorker: false,
  logHandler: () => undefined,
});
const { datasets, errors } = await gdal.open(source);
const [dataset] = datasets;
if (!dataset) throw new Error(`GDAL cannot read the features: ${errors.join('; ')}`);
await gdal.ogr2ogr(
  dataset,
  ['-f', 'GPKG', '-nln', name, '-nlt', geometryType, '-a_srs', 'EPSG:4326', '-gt', '65536'],
  file,
);
await gdal.close(dataset);
process.exit(0);
