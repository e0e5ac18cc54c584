/** Import directions of the house (design §3). Each rule says why, so that a violation explains itself. */
const SHARED_ORDER = ['core', 'geometry', 'twin', 'scenario', 'rules', 'clearance', 'profile', 'excavation', 'routing', 'network', 'hazards', 'quality', 'ledger', 'register', 'review', 'io', 'report', 'project-format', 'contract']

const upward = SHARED_ORDER.slice(0, -1).map((folder, i) => ({
  name: `shared-${folder}-imports-only-above`,
  comment: `Within shared a folder imports only from those above it in the list; ${folder} may not know what is built on it.`,
  severity: 'error',
  from: { path: `^shared/${folder}/` },
  to: { path: `^shared/(${SHARED_ORDER.slice(i + 1).join('|')})/` },
}))

module.exports = {
  forbidden: [
    { name: 'no-circular', comment: 'A cycle means two modules are one.', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', comment: 'Every import must resolve.', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'shared-knows-no-side', comment: 'shared runs anywhere: it imports neither main nor renderer.', severity: 'error', from: { path: '^shared/' }, to: { path: '^(main|renderer|tests)/' } },
    { name: 'shared-is-pure', comment: 'shared runs in Node, browser and workers alike.', severity: 'error', from: { path: '^shared/' }, to: { path: '^(node:|react|three|@react-three|electron|ws|zustand)|node_modules/(react|react-dom|three|@react-three|electron|ws|zustand)/', dependencyTypesNot: ['type-only'] } },
    { name: 'shared-no-builtins', comment: 'shared uses no Node builtin.', severity: 'error', from: { path: '^shared/' }, to: { dependencyTypes: ['core'] } },
    { name: 'main-not-renderer', comment: 'The two sides meet only in shared/contract.', severity: 'error', from: { path: '^main/' }, to: { path: '^renderer/' } },
    { name: 'renderer-not-main', comment: 'The two sides meet only in shared/contract.', severity: 'error', from: { path: '^renderer/' }, to: { path: '^main/' } },
    { name: 'renderer-no-node', comment: 'The renderer is sandboxed: no Node.', severity: 'error', from: { path: '^renderer/' }, to: { dependencyTypes: ['core'] } },
    { name: 'electron-only-in-its-folder', comment: 'main/electron is the only folder that imports electron.', severity: 'error', from: { path: '^(main|shared|renderer)/', pathNot: '^main/electron/' }, to: { path: '^electron$|node_modules/electron/' } },
    { name: 'ws-only-in-web', comment: 'main/web is the only folder that serves sockets.', severity: 'error', from: { path: '^main/', pathNot: '^main/web/' }, to: { path: 'node_modules/ws/|^(node:)?https?$' } },
    { name: 'product-not-tests', comment: 'The product never imports its tests.', severity: 'error', from: { path: '^(main|shared|renderer)/' }, to: { path: '^tests/' } },
    { name: 'panels-not-scene-internals', comment: 'Panels speak to the scene through state and actions.', severity: 'error', from: { path: '^renderer/(panels|dialogs)/' }, to: { path: '^renderer/scene/' } },
    { name: 'ui-knows-nothing', comment: 'The presentational kit has no idea of the app.', severity: 'error', from: { path: '^renderer/ui/' }, to: { path: '^renderer/(app|panels|dialogs|tools|scene|views|actions|state|host|workers)/' } },
    { name: 'state-below-actions', comment: 'Stores are plain: actions drive them, never the reverse.', severity: 'error', from: { path: '^renderer/state/' }, to: { path: '^renderer/(app|panels|dialogs|tools|scene|views|actions|host)/' } },
    ...upward,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tests/tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
}
