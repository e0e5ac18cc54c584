import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClient, type Client } from '#shared/contract/client.ts'
import { encodeFrame, type Frame } from '#shared/contract/wire.ts'
import { seededRandom } from '#shared/core/random.ts'
import { COLUMNS, LARGE, scriptedHost, SECRET, TICKET, type ScriptedHost } from './scripted-host.ts'
import { TRANSPORTS, type RawConnection, type Served } from './transports.ts'

vi.mock('electron', () => import('#tests/builders/electron-double.ts'))

const CHECK = { scenarioId: null, scope: 'network', packId: 'gb' } as const
const call = (id: number, name: string, input: unknown = {}) => encodeFrame({ v: 1, type: 'call', id, name, input })

describe.each(TRANSPORTS)('the contract over $name', ({ serve }) => {
  let host: ScriptedHost
  let served: Served
  let faults: string[]
  const closers: (() => void)[] = []

  const start = async (options?: Parameters<typeof scriptedHost>[0]) => {
    host = scriptedHost(options)
    served = await serve(host)
    faults = []
  }
  beforeEach(() => start())
  afterEach(async () => {
    for (const close of closers.splice(0)) close()
    await served.close()
  })
  const openClient = async (): Promise<Client> => {
    const client = createClient(await served.transport(), what => faults.push(what))
    closers.push(() => client.close())
    return client
  }
  const openRaw = async (): Promise<RawConnection> => {
    const raw = await served.raw()
    closers.push(() => raw.close())
    return raw
  }
  const settled = (raw: RawConnection, count: number) => vi.waitFor(() => expect(raw.messages).toHaveLength(count), { timeout: 5000 })
  const stillServes = async () => expect(await (await openClient()).call('app.info', {})).toMatchObject({ version: '1' })

  it('answers a call', async () => {
    const client = await openClient()
    expect(await client.call('app.info', {})).toMatchObject({ version: '1', platform: 'test' })
  })

  it('carries typed arrays to the client bit for bit, each with a buffer of its own', async () => {
    const client = await openClient()
    const columns = await client.call('twin.columns', {})
    expect(columns).toEqual(COLUMNS)
    expect(columns.xyz).toBeInstanceOf(Float64Array)
    expect(columns.xyz.buffer.byteLength).toBe(COLUMNS.xyz.byteLength)
    expect(columns.xyz.buffer).not.toBe(COLUMNS.xyz.buffer)
  })

  it('carries megabytes, and what was answered after them after them', async () => {
    const client = await openClient()
    const order: string[] = []
    const large = client.call('twin.attributeColumn', { role: 'material' }).then(column => (order.push('large'), column))
    const calls = [large, client.call('app.info', {}).then(() => order.push('small')), client.call('twin.attributeColumn', { role: 'material' }).then(() => order.push('large'))]
    await Promise.all(calls)
    expect(order).toEqual(['large', 'small', 'large'])
    expect(Buffer.compare(Buffer.from((await large).codes.buffer), Buffer.from(LARGE.buffer))).toBe(0)
    expect(faults).toEqual([])
  })

  it('carries typed arrays to the host', async () => {
    const client = await openClient()
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i * 31)
    await client.call('files.upload', { upload: null, name: '管线.geojson', offset: 0, totalBytes: bytes.length, bytes })
    expect(host.uploaded).toEqual(bytes)
  })

  it('turns a foreseen refusal into its code and details', async () => {
    const client = await openClient()
    await expect(client.call('project.save', { name: 'a' })).rejects.toMatchObject({ name: 'CallFailure', code: 'disk_full', details: { name: 'plan.gpkg' } })
  })

  it('keeps the detail of an unforeseen error on the host', async () => {
    const raw = await openRaw()
    raw.send(call(1, 'project.info'))
    await settled(raw, 1)
    expect(raw.messages[0]).toEqual({ v: 1, type: 'failure', id: 1, code: 'internal', details: {} })
    expect(host.log.join()).toContain(SECRET)
  })

  it('answers internal where a handler refuses with the code of another call', async () => {
    const client = await openClient()
    await expect(client.call('project.create', { ticket: TICKET })).rejects.toMatchObject({ code: 'internal' })
  })

  it('answers internal where an answer cannot be sent, and goes on', async () => {
    const client = await openClient()
    await expect(client.call('crs.search', { text: 'x' })).rejects.toMatchObject({ code: 'internal' })
    await stillServes()
  })

  it('reports progress in order before the end', async () => {
    const client = await openClient()
    const seen: (readonly [number | null, string])[] = []
    const controller = new AbortController()
    const run = client.call('check.run', CHECK, { signal: controller.signal, onProgress: (fraction, stage) => seen.push([fraction, stage]) })
    await vi.waitFor(() => expect(seen).toHaveLength(5))
    expect(seen).toEqual([0, 1, 2, 3, 4].map(i => [i / 4, `stage-${i}`]))
    controller.abort()
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('cancels what runs', async () => {
    const client = await openClient()
    const controller = new AbortController()
    const run = client.call('check.run', CHECK, { signal: controller.signal })
    await vi.waitFor(() => expect(host.waiting).toHaveLength(1))
    const signal = host.waiting[0]!
    controller.abort()
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
    expect(signal.aborted).toBe(true)
  })

  it('never sends a call that was cancelled before it began', async () => {
    const client = await openClient()
    await expect(client.call('check.run', CHECK, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    await client.call('app.info', {})
    expect(host.performed).toEqual(['app.info'])
  })

  it('takes a cancel after the end, or of a call there never was, for nothing', async () => {
    const raw = await openRaw()
    raw.send(encodeFrame({ v: 1, type: 'cancel', id: 1 }))
    raw.send(call(1, 'app.info'))
    await settled(raw, 1)
    raw.send(encodeFrame({ v: 1, type: 'cancel', id: 1 }))
    raw.send(encodeFrame({ v: 1, type: 'cancel', id: 999 }))
    raw.send(call(2, 'app.info'))
    await settled(raw, 2)
    expect(raw.messages).toMatchObject([{ id: 1, type: 'value' }, { id: 2, type: 'value' }])
  })

  it('matches answers to calls by id, in whatever order they end', async () => {
    const client = await openClient()
    const order: string[] = []
    const slow = client.call('twin.context', {}).then(() => order.push('slow'))
    await client.call('app.info', {}).then(() => order.push('quick'))
    host.release()
    await slow
    expect(order).toEqual(['quick', 'slow'])
  })

  it('performs a call once where its id comes twice', async () => {
    const raw = await openRaw()
    raw.send(call(7, 'twin.context'))
    raw.send(call(7, 'twin.context'))
    raw.send(call(8, 'app.info'))
    await settled(raw, 1)
    host.release()
    await settled(raw, 2)
    expect(host.performed).toEqual(['twin.context', 'app.info'])
  })

  it.each(['no.such', '', 'toString', '__proto__', 'constructor', 'hasOwnProperty', 'app.info '])('knows no call %j', async name => {
    const raw = await openRaw()
    raw.send(call(1, name))
    await settled(raw, 1)
    expect(raw.messages[0]).toMatchObject({ type: 'failure', id: 1, code: 'unknown_call' })
    expect(host.performed).toEqual([])
  })

  it.each([
    ['project.open', {}], ['project.open', { ticket: '../../etc/passwd' }], ['project.open', { ticket: TICKET, path: '/etc/passwd' }],
    ['app.info', null], ['app.info', []], ['app.info', 'x'], ['preferences.set', { theme: 'pink' }], ['preferences.set', { layout: 'x'.repeat(200_001) }],
    ['files.upload', { upload: null, name: 'a', offset: 0, totalBytes: 1, bytes: [1] }], ['files.upload', { upload: null, name: 'a', offset: -1, totalBytes: 1, bytes: new Uint8Array(1) }],
    ['files.upload', { upload: null, name: 'a', offset: 0, totalBytes: 8, bytes: new Float64Array(1) }], ['scenario.execute', { id: 'a', baseRevision: 1.5, command: {} }],
  ])('refuses input of the wrong shape: %s %j', async (name, input) => {
    const raw = await openRaw()
    raw.send(call(1, name, input))
    await settled(raw, 1)
    expect(raw.messages[0]).toMatchObject({ type: 'failure', id: 1, code: 'invalid' })
    expect(host.performed).toEqual([])
  })

  it('ignores what is no frame and no envelope, and serves the same connection on', async () => {
    const raw = await openRaw()
    for (const frame of HOSTILE) raw.send(frame)
    const random = seededRandom(20_260_101)
    for (let i = 0; i < 200; i++) raw.send(Uint8Array.from({ length: random.int(64) }, () => random.int(256)))
    raw.send(call(1, 'app.info'))
    await settled(raw, 1)
    expect(raw.messages[0]).toMatchObject({ id: 1, type: 'value' })
    expect(host.performed).toEqual(['app.info'])
    expect(Object.getPrototypeOf({})).not.toHaveProperty('polluted')
    // What a hostile client can make us write is bounded.
    expect(host.log.length).toBeLessThan(80)
  })

  it('refuses what is too large and goes on serving', async () => {
    const raw = await openRaw()
    raw.send(new Uint8Array((16 << 20) + 1))
    raw.send(`"${'x'.repeat((4 << 20) + 1)}"`)
    await stillServes()
    expect(host.performed).toEqual(['app.info'])
  })

  it('refuses calls beyond those it can have in flight, and takes more once they end', async () => {
    const client = await openClient()
    const calls = Array.from({ length: 200 }, () => client.call('twin.context', {}).then(() => 'done', (failure: { code: string }) => failure.code))
    await vi.waitFor(() => expect(host.performed).toHaveLength(64))
    await client.call('app.info', {}).catch((failure: { code: string }) => expect(failure.code).toBe('busy'))
    host.release()
    const outcomes = await Promise.all(calls)
    expect(outcomes.filter(outcome => outcome === 'done')).toHaveLength(64)
    expect(outcomes.filter(outcome => outcome === 'busy')).toHaveLength(136)
    await stillServes()
  })

  it('outlives a flood', async () => {
    const raw = await openRaw()
    const frame = call(1, 'app.info')
    for (let i = 0; i < 20_000; i++) raw.send(frame)
    await stillServes()
  })

  it('tells only those who asked of an event', async () => {
    const listening = await openClient()
    const seen: unknown[] = []
    const stop = listening.on('twin.changed', payload => seen.push(payload))
    await listening.call('app.info', {})
    host.hub.emit('twin.changed', { twinHash: 'a', columns: true, context: false })
    host.hub.emit('project.trouble', { code: 'disk_full' })
    await vi.waitFor(() => expect(seen).toEqual([{ twinHash: 'a', columns: true, context: false }]))
    stop()
    await listening.call('app.info', {})
    host.hub.emit('twin.changed', { twinHash: 'b', columns: true, context: false })
    await listening.call('app.info', {})
    expect(seen).toHaveLength(1)
    expect(faults).toEqual([])
  })

  it('reports an event that breaks the contract and delivers nothing', async () => {
    const client = await openClient()
    const seen: unknown[] = []
    client.on('twin.changed', payload => seen.push(payload))
    await client.call('app.info', {})
    host.hub.emit('twin.changed', { twinHash: 1 } as never)
    await vi.waitFor(() => expect(faults).toHaveLength(1))
    expect(seen).toEqual([])
  })

  it('keeps a command until a window listens', async () => {
    host.hub.command('file.open', TICKET)
    const client = await openClient()
    const seen: unknown[] = []
    client.on('app.command', payload => seen.push(payload))
    await vi.waitFor(() => expect(seen).toEqual([{ action: 'file.open', ticket: TICKET }]))
    host.hub.command('view.fit', null)
    await vi.waitFor(() => expect(seen).toHaveLength(2))
  })

  it('fails calls in flight when the connection ends, and cancels them on the host', async () => {
    const client = await openClient()
    const run = client.call('check.run', CHECK)
    await vi.waitFor(() => expect(host.waiting).toHaveLength(1))
    const signal = host.waiting[0]!
    client.close()
    await expect(run).rejects.toMatchObject({ code: 'host_gone' })
    await vi.waitFor(() => expect(signal.aborted).toBe(true))
    await expect(client.call('app.info', {})).rejects.toMatchObject({ code: 'host_gone' })
  })

  it('does not hand an answer of the wrong shape to the interface', async () => {
    const client = await openClient()
    await expect(client.call('rules.list', {})).rejects.toMatchObject({ code: 'bad_reply' })
    expect(faults[0]).toContain('rules.list')
  })

  it('catches an answer of the wrong shape on the host where told to', async () => {
    await served.close()
    await start({ checkOutput: true })
    const client = await openClient()
    await expect(client.call('rules.list', {})).rejects.toMatchObject({ code: 'internal' })
  })
})

const bytesOf = (header: string, headerLength = header.length): Uint8Array => {
  const text = new TextEncoder().encode(header)
  const frame = new Uint8Array(4 + text.length)
  new DataView(frame.buffer).setUint32(0, headerLength, true)
  frame.set(text, 4)
  return frame
}
const envelope = '{"v":1,"type":"call","id":1,"name":"app.info","input":{}}'
const HOSTILE: readonly (Frame | Uint8Array)[] = [
  '', '{', 'null', '1', '"x"', '[]', '{}', 'undefined', '\u0000', envelope.slice(0, -1), `${envelope}x`,
  envelope.replace('"v":1', '"v":2'), envelope.replace('"id":1', '"id":0'), envelope.replace('"id":1', '"id":1.5'), envelope.replace('"id":1', '"id":"1"'),
  envelope.replace('"id":1', '"id":9007199254740993'), envelope.replace('call', 'value'), envelope.replace('{}', '{},"extra":1'), envelope.replace('"app.info"', '["app.info"]'),
  envelope.replace('{}', '{"__proto__":{"polluted":1}}'), envelope.replace('{}', '{"a":[{"\\u005f_proto__":{}}]}'), `{"__proto__":${envelope}}`,
  envelope.replace('{}', `${'['.repeat(100)}${']'.repeat(100)}`), `${'['.repeat(1_000_000)}`, `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`,
  '{"v":1,"type":"subscribe","events":"all"}', '{"v":1,"type":"subscribe"}', '{"v":1,"type":"cancel"}',
  new Uint8Array(0), new Uint8Array(3), new Uint8Array(4), bytesOf('', 0xffff_ffff), bytesOf('{}', 1), bytesOf('{}'), bytesOf('[]'),
  bytesOf(`{"value":${envelope},"arrays":[{"type":"f64","length":1e9,"path":["input"]}]}`),
  bytesOf(`{"value":${envelope},"arrays":[{"type":"f64","length":-1,"path":["input"]}]}`),
  bytesOf(`{"value":${envelope},"arrays":[{"type":"constructor","length":0,"path":["input"]}]}`),
  bytesOf(`{"value":${envelope},"arrays":[{"type":"u8","length":0,"path":["__proto__","polluted"]}]}`),
  bytesOf(`{"value":${envelope},"arrays":[{"type":"u8","length":0,"path":["constructor"]}]}`),
  bytesOf(`{"value":${envelope},"arrays":[{"type":"u8","length":0,"path":["input"]}]}`),
]
