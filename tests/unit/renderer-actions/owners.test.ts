import { beforeEach, describe, expect, it } from 'vitest'
import { importOwners, keepOwner, removeOwner } from '#renderer/actions/ledger/owner-actions.ts'
import { canRedoAny, canUndoAny, nextHistory, redoLast, undoLast } from '#renderer/actions/scheme/undo-actions.ts'
import { jobsStore } from '#renderer/state/app/jobs-store.ts'
import { listedOwners } from '#renderer/state/twin/owner-store.ts'
import { projectStore } from '#renderer/state/twin/project-store.ts'
import { registerStore } from '#renderer/state/twin/register-store.ts'
import { BLANK_OWNER } from '#shared/register/owner.ts'
import { openOn, settled } from './open-project.ts'

const names = () => Object.values(registerStore.getState().owners).map(({ body }) => body.name).sort()
const table = (text: string) => new File([text], 'owners.csv')

beforeEach(async () => {
  registerStore.setState(registerStore.getInitialState(), true)
  await openOn()
})

describe('the register of owners', () => {
  it('takes a table as one step: owners of a known name are replaced, undo takes all of it back, redo makes it again', async () => {
    await keepOwner(null, { ...BLANK_OWNER, name: '水务公司', phone: '1' })
    await importOwners(table('owner,phone\n水务公司,2\n燃气公司,3\n'))
    expect(names()).toEqual(['水务公司', '燃气公司'].sort())
    expect(Object.values(registerStore.getState().owners).find(({ body }) => body.name === '水务公司')!.body.phone).toBe('2')
    expect([nextHistory('undo'), canUndoAny(), canRedoAny()]).toEqual(['owners', true, false])
    undoLast()
    await settled()
    expect(Object.values(registerStore.getState().owners).map(({ body }) => [body.name, body.phone])).toEqual([['水务公司', '1']])
    undoLast()
    await settled()
    expect([names(), canUndoAny()]).toEqual([[], false])
    redoLast()
    await settled()
    redoLast()
    await settled()
    expect(names()).toEqual(['水务公司', '燃气公司'].sort())
  })

  it('takes back a removal', async () => {
    const id = await keepOwner(null, { ...BLANK_OWNER, name: '水务公司' })
    await removeOwner(id!)
    expect(names()).toEqual([])
    undoLast()
    await settled()
    expect(names()).toEqual(['水务公司'])
  })

  it('refuses a file that is no table of owners, and says so', async () => {
    await importOwners(table('a,b\n1,2'))
    expect(names()).toEqual([])
    expect(jobsStore.getState().toasts.at(-1)).toMatchObject({ tone: 'error', key: 'owners:toast.refused' })
  })

  it('lists registered owners with the lines of all their names, and names in the ledger that nobody registered', async () => {
    const { columns } = projectStore.getState()
    const owned = { ...columns!, owners: ['水务', '燃气公司'], owner: Uint16Array.of(0, 1) }
    await keepOwner(null, { ...BLANK_OWNER, name: '水务公司', aliases: ['水务'] })
    expect(listedOwners(registerStore.getState().owners, owned).map(({ name, owner, count, lengthM }) => [name, owner !== null, count, lengthM])).toEqual([['水务公司', true, 1, 40], ['燃气公司', false, 1, 40]])
  })
})
