import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Tickets } from '#main/services/files/tickets.ts'
import { ticketSchema } from '#shared/contract/define.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

describe('tickets', () => {
  it('give back the path they were issued for, and say nothing of it', () => {
    const tickets = new Tickets()
    const ticket = tickets.issue('/plans/北碚.gpkg', 'open_project')
    expect(ticketSchema.safeParse(ticket).success).toBe(true)
    expect(Buffer.from(ticket, 'base64url').toString()).not.toContain('plans')
    expect(tickets.resolve(ticket, 'open_project', 'save_project')).toBe('/plans/北碚.gpkg')
  })

  it('are the same for the same path and purpose, and different otherwise', () => {
    const tickets = new Tickets()
    expect(tickets.issue('/a', 'import')).toBe(tickets.issue('/a', 'import'))
    expect(tickets.issue('/a', 'import')).not.toBe(tickets.issue('/a', 'rules'))
    expect(tickets.issue('/a', 'import')).not.toBe(new Tickets().issue('/a', 'import'))
  })

  it('open a file only for what it was chosen for', () => {
    const tickets = new Tickets()
    const ticket = tickets.issue('/data/network.geojson', 'import')
    expect(() => tickets.resolve(ticket, 'save_project')).toThrow('file_gone')
    expect(() => tickets.resolve('abcdefghijklmnopqrstuvwx', 'import')).toThrow('file_gone')
  })

  it('carry name and size of a file, size 0 of one yet to be written', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.gpkg'), 'abc')
    const tickets = new Tickets()
    expect(tickets.issueFile(join(folder, 'a.gpkg'), 'open_project')).toMatchObject({ name: 'a.gpkg', sizeBytes: 3 })
    expect(tickets.issueFile(join(folder, 'b.gpkg'), 'save_project')).toMatchObject({ name: 'b.gpkg', sizeBytes: 0 })
  })
})
