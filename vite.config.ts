import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { viteStaticCopy } from 'vite-plugin-static-copy';

const server = process.env['GRIDWATCH_DEV_SERVER'] ?? 'http://127.0.0.1:8080';
const cesium = '../node_modules/@cesium/engine';

/** Cesium loads its workers and tables by URL at run time: they are served as they are, under `/cesium/`. */
const cesiumFolders = [
  { src: `${cesium}/Build/Workers`, dest: 'cesium' },
  { src: `${cesium}/Build/ThirdParty`, dest: 'cesium' },
  { src: `${cesium}/Source/Assets`, dest: 'cesium' },
];

export default defineConfig({
  root: 'client',
  define: { CESIUM_BASE_URL: JSON.stringify('/cesium/') },
  plugins: [react(), viteStaticCopy({ targets: cesiumFolders })],
  build: { outDir: '../dist/client', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 6000 },
  server: {
    port: 5173,
    proxy: {
      '/api': { target: server, ws: true },
      '/tiles': { target: server },
      '/socket.io': { target: server, ws: true },
    },
  },
});
