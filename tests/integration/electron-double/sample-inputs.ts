import type { CallInput, CallName } from '#shared/contract/contract.ts'

const ticket = 'abcdefghijklmnopqrstuvwx'
const importing = { files: [{ ticket, layers: [] }], crs: null }

/** A valid input for every call: the type says which one is missing. What they name does not exist. */
export const SAMPLE_INPUTS: { readonly [N in CallName]: CallInput<N> } = {
  'app.info': {}, 'preferences.get': {}, 'preferences.set': { theme: 'light' },
  'files.pick': { purpose: 'open_project' }, 'files.browse': { folder: null, purpose: 'import' }, 'files.nameIn': { folder: ticket, name: 'a' },
  'files.upload': { upload: null, name: 'a.json', offset: 0, totalBytes: 1, bytes: new Uint8Array(1) },
  'project.open': { ticket }, 'project.create': { ticket }, 'project.info': {}, 'project.current': {}, 'project.recent': {}, 'project.save': { name: 'a' },
  'project.saveAs': { ticket }, 'project.close': {},
  'twin.columns': {}, 'twin.context': {}, 'twin.attributes': { assetId: 'a' }, 'twin.attributeColumn': { role: 'material' },
  'ledger.preview': { twinHash: 'a', assets: new Uint32Array(1), fields: { owner: 'a' }, held: 'axis' }, 'ledger.edit': { twinHash: 'a', assets: new Uint32Array(1), fields: { owner: 'a' }, held: 'axis', signed: { who: '', why: '' } },
  'ledger.fix': { twinHash: 'a', fixes: [{ fix: 'remove_duplicate', id: 'a' }], signed: { who: '', why: '' } }, 'ledger.previewLevels': { twinHash: 'a', assets: new Uint32Array(1), method: { type: 'between' } }, 'ledger.fillLevels': { twinHash: 'a', assets: new Uint32Array(1), method: { type: 'cover', coverM: 1 }, signed: { who: '', why: '' } },
  'ledger.blocks': { twinHash: 'a', changes: [{ id: 'a', after: null }], signed: { who: '', why: '' } }, 'ledger.undo': {}, 'ledger.redo': {}, 'ledger.edits': {}, 'ledger.history': { assetId: 'a' },
  'scenario.list': {}, 'scenario.get': { id: 'a' }, 'scenario.create': { name: 'a', copyFrom: null }, 'scenario.remove': { id: 'a' },
  'scenario.execute': { id: 'a', baseRevision: 0, command: { op: 'proposal.remove', id: 'a' } }, 'scenario.undo': { id: 'a' }, 'scenario.redo': { id: 'a' },
  'check.run': { scenarioId: null, scope: 'proposals', packId: 'a' }, 'check.compare': { scenarioId: null, scope: 'network', left: 'a', right: 'b' }, 'check.latest': { scenarioId: null, scope: 'proposals' },
  'analysis.swmm': {},
  'analysis.useSwmm': { program: null },
  'analysis.run': { scenarioId: null, parameters: { method: 'connectivity', kind: null }, language: 'en' },
  'papers.make': { paper: 'findings', form: 'csv', scenarioId: null, scope: 'network', language: 'en', findingIds: null, meeting: null },
  'export.make': { format: 'geojson', scenarioId: null, language: 'en' },
  'rules.list': {}, 'rules.get': { id: 'a' }, 'rules.use': { id: 'a' },
  'register.list': { collections: ['views'] }, 'register.apply': { changes: [{ collection: 'views', id: 'a', body: null }] }, 'register.history': { collection: 'views', id: 'a' },
  'import.inspect': { tickets: [ticket] }, 'import.dryRun': importing, 'import.commit': importing, 'crs.search': { text: '25831' },
  'survey.compare': { request: importing, scenarioId: null, options: { planToleranceM: 0.05, levelToleranceM: 0.05, searchM: 1 } }, 'survey.accept': { comparison: 'a', entries: new Uint32Array(1), withNodes: true, signed: { who: '', why: '' } },
  'project.openSample': {},
}
