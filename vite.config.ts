import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * The interface's own code is asked for with the page. Left to itself the browser would learn of it only once the code that
 * makes the connection has been read and run.
 */
const readAhead: Plugin = {
  name: 'read-ahead',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle }) {
      const parts = Object.values(bundle ?? {}).filter(part => part.type === 'chunk')
      const start = parts.find(part => part.isDynamicEntry && part.facadeModuleId?.endsWith('/app/start.tsx'))
      if (!bundle || !start) return []
      // What boot.ts itself needs is in the page already.
      const known = parts.filter(part => part.isEntry).flatMap(part => [part.fileName, ...part.imports])
      const wanted = [start.fileName, ...start.imports].filter(file => !known.includes(file)).flatMap(file => parts.find(part => part.fileName === file) ?? [])
      const styles = new Set(wanted.flatMap(part => [...(part.viteMetadata?.importedCss ?? [])]))
      return [
        ...wanted.map(({ fileName }) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` }, injectTo: 'head' as const })),
        ...[...styles].map(file => ({ tag: 'link', attrs: { rel: 'preload', as: 'style', crossorigin: true, href: `./${file}` }, injectTo: 'head' as const })),
      ]
    },
  },
}

/** A canvas of react-three-fiber registers all of three by its name; here the scene names the few it writes as elements. */
const threeInParts: Plugin = {
  name: 'three-in-parts',
  transform(code, id) {
    if (!id.includes('react-three-fiber.esm')) return null
    if (!code.includes('extend(THREE)')) throw new Error('react-three-fiber registers three in another way than before: see vite.config.ts')
    return { code: code.replace('extend(THREE)', 'undefined'), map: null }
  },
}

/** Parts that are read side by side, and that stay as they are when the program changes. */
const LIBRARIES: Readonly<Record<string, RegExp>> = {
  react: /node_modules[\\/](react|react-dom|scheduler)[\\/]/,
  three: /node_modules[\\/](three|@react-three)[\\/]/,
  dock: /node_modules[\\/]dockview/,
}

/** The renderer's bundle: one page, served by Electron's own protocol or the loopback host. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react(), readAhead, threeInParts],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: false,
    license: { fileName: 'licenses.md' }, // what we bundle asks to be named wherever it goes
    chunkSizeWarningLimit: 2000,
    assetsInlineLimit: 0, // the content security policy allows no data: scripts or fonts
    rolldownOptions: { output: { codeSplitting: { groups: Object.entries(LIBRARIES).map(([name, test]) => ({ name, test })) } } },
  },
})
