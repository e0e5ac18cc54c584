import { describe, expect, it } from 'vitest'
import { askAhead } from '#renderer/host/ask-ahead.ts'
import { CallFailure } from '#shared/contract/call-failure.ts'
import type { Client } from '#shared/contract/client.ts'
import type { CallName, CallOutput, EventName } from '#shared/contract/contract.ts'

const project = (twinHash: string) => ({ project: { id: 'p', twinHash, packId: 'pack', scenarios: [{ id: 's1' }, { id: 's2' }] } }) as unknown as CallOutput<'project.open'>

/** A client that notes what it is asked; answers are names with a running number. */
function noting(current: CallOutput<'project.open'> | null, refused: ReadonlySet<CallName> = new Set()) {
  const asked: string[] = []
  const listeners = new Map<EventName, () => void>()
  const client = {
    async call(name: CallName, input: unknown) {
      asked.push(`${name} ${JSON.stringify(input)}`)
      await Promise.resolve()
      if (refused.has(name)) throw new CallFailure('no_project')
      if (name === 'project.current') return { opened: current, toOpen: null }
      if (name === 'project.open') return project((input as { ticket: string }).ticket)
      return `${name} ${asked.length}`
    },
    on: (name: EventName, listener: () => void) => {
      listeners.set(name, listener)
      return () => listeners.delete(name)
    },
    onState: () => () => undefined,
    close: () => undefined,
  } as unknown as Client
  return { client, asked, tell: (name: EventName) => listeners.get(name)?.() }
}
const settled = () => new Promise(resolve => setTimeout(resolve))

describe('what every start asks', () => {
  it('is asked at once, the small of an open project before its lines, and each answer is given once', async () => {
    const { client, asked } = noting(project('h'))
    const ahead = askAhead(client)
    await settled()
    expect(asked.map(call => call.split(' ')[0])).toEqual(['app.info', 'rules.list', 'preferences.get', 'project.recent', 'project.current', 'rules.get', 'scenario.get', 'scenario.get', 'register.list', 'twin.columns', 'twin.context'])
    const before = asked.length
    await ahead.call('twin.columns', {})
    await ahead.call('scenario.get', { id: 's2' })
    expect(asked.length).toBe(before)
    await ahead.call('twin.columns', {})
    await ahead.call('scenario.get', { id: 'another' })
    expect(asked.length).toBe(before + 2)
  })

  it('is only itself where nothing is open', async () => {
    const { client, asked } = noting(null)
    askAhead(client)
    await settled()
    expect(asked).toHaveLength(5)
  })

  it('holds for a file opened again, and not for another', async () => {
    for (const [ticket, askedAnew] of [['h', 0], ['other', 1]] as const) {
      const { client, asked } = noting(project('h'))
      const ahead = askAhead(client)
      await settled()
      await ahead.call('project.open', { ticket })
      const before = asked.length
      await ahead.call('twin.columns', {})
      expect(asked.length - before).toBe(askedAnew)
    }
  })

  it.each(['twin.changed', 'register.changed', 'scenario.changed'] as const)('is asked anew after %s', async event => {
    const { client, asked, tell } = noting(project('h'))
    const ahead = askAhead(client)
    await settled()
    tell(event)
    const before = asked.length
    await ahead.call('twin.columns', {})
    expect(asked.length).toBe(before + 1)
  })

  it('is asked again by whoever wants it where it was refused, so that the refusal is said', async () => {
    const { client } = noting(project('h'), new Set(['twin.columns']))
    const ahead = askAhead(client)
    await settled()
    await expect(ahead.call('twin.columns', {})).rejects.toMatchObject({ code: 'no_project' })
  })
})
