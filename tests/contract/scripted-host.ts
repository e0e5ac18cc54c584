import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallInput, CallName, CallOutput } from '#shared/contract/contract.ts'
import type { Perform } from '#shared/contract/dispatch.ts'
import { CancelledError } from '#shared/core/job.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { createClientHub, type ClientHub } from '#main/services/host/client-hub.ts'

export const SECRET = '/home/someone/secret.gpkg'
export const TICKET = 'abcdefghijklmnopqrstuvwx'

export const COLUMNS: CallOutput<'twin.columns'> = {
  origin: [500_000, 3_250_000, 0], count: 1, ids: { bytes: new Uint8Array([49]), start: new Uint32Array([0, 1]) },
  vertexStart: new Uint32Array([0, 2]), xyz: new Float64Array([0, 0, 0, 1, -0.1, Math.PI]), kind: new Uint8Array([3]), shape: new Uint8Array(1),
  halfWidthM: new Float64Array([0.15]), halfHeightM: new Float64Array([0.15]), owner: new Uint16Array([0]), owners: ['自来水公司'],
  pressureClass: new Uint8Array(1), laying: new Uint8Array(1), voltageKv: new Float64Array([0]), status: new Uint8Array(1),
  accuracyPlanM: new Float64Array([0.1]), accuracyLevelM: new Float64Array([0.1]), assumed: new Uint8Array(0),
}

const EMPTY_CONTEXT = packContext({ nodes: [], ground: null, surfaceFeatures: [], blocks: [] }) as unknown as CallOutput<'twin.context'>

/** Beyond what the loopback host sends through its socket. Shared with threads, as a host's own columns may be. */
export const LARGE = new Uint32Array(new SharedArrayBuffer(4 << 20))
LARGE.forEach((_, i) => {
  LARGE[i] = Math.imul(i, 2_654_435_761)
})

/** A host whose few calls do just what the suite needs to see. */
export interface ScriptedHost {
  readonly hub: ClientHub
  readonly log: string[]
  /** Calls that reached a handler, in order. */
  readonly performed: CallName[]
  /** Bytes of the last upload. */
  uploaded: Uint8Array | null
  /** Signals of the `check.run` calls still waiting. */
  readonly waiting: AbortSignal[]
  /** Lets every waiting `twin.context` call answer. */
  release(): void
}

export function scriptedHost(options: { readonly checkOutput?: boolean } = {}): ScriptedHost {
  const log: string[] = []
  const performed: CallName[] = []
  const waiting: AbortSignal[] = []
  let releases: (() => void)[] = []
  const script: { readonly [N in CallName]?: (input: CallInput<N>, control: Parameters<Perform>[2]) => CallOutput<N> | Promise<CallOutput<N>> } = {
    'app.info': () => ({ version: '1', host: 'memory', platform: 'test', capabilities: { nativePicker: false, browsePicker: true, upload: true, quit: false } }),
    'twin.columns': () => COLUMNS,
    'twin.attributeColumn': () => ({ role: 'material', names: [], values: ['铸铁'], codes: LARGE }),
    'files.upload'(chunk) {
      host.uploaded = chunk.bytes
      return { upload: TICKET, file: null }
    },
    'twin.context': () => new Promise(resolve => releases.push(() => resolve(EMPTY_CONTEXT))),
    /** Reports progress, then waits for cancel. */
    async 'check.run'(_, { job, signal }) {
      for (let i = 0; i <= 4; i++) job.progress(i / 4, `stage-${i}`)
      waiting.push(signal)
      await new Promise<void>(resolve => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())))
      waiting.splice(waiting.indexOf(signal), 1)
      job.throwIfCancelled()
      throw new Error('not reached')
    },
    'project.info': () => {
      throw new Error(`cannot open ${SECRET}`)
    },
    'project.save': () => {
      throw new CallFailure<'project.save'>('disk_full', { name: 'plan.gpkg' })
    },
    'project.create': () => {
      throw new CallFailure('nothing_to_undo') // a code of another call
    },
    'project.close': () => {
      throw new CancelledError()
    },
    'rules.list': () => ({ packs: [{ id: 7 }] }) as unknown as CallOutput<'rules.list'>,
    'crs.search': () => ({ matches: [{ code: 'EPSG:4326', name: Number.NaN }] }) as unknown as CallOutput<'crs.search'>,
  }
  const host: ScriptedHost = {
    log, performed, waiting, uploaded: null,
    release() {
      for (const release of releases) release()
      releases = []
    },
    hub: createClientHub({
      async perform(name, input, control) {
        performed.push(name)
        const handler = script[name]
        if (!handler) throw new Error(`not scripted: ${name}`)
        return handler(input, control)
      },
      log: (text, cause) => log.push(`${text} ${cause instanceof Error ? cause.message : String(cause ?? '')}`),
      checkOutput: options.checkOutput ?? false,
    }),
  }
  return host
}
