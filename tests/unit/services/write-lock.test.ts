import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WriteLock } from '#main/services/project/write-lock.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

function projectPath(): string {
  const path = join(temporaryFolder(), '项目 a.gpkg')
  writeFileSync(path, '')
  return path
}

const HOLDER = `
import { WriteLock } from '#main/services/project/write-lock.ts'
console.log(WriteLock.take(process.argv[1]) ? 'held' : 'refused')
setInterval(() => undefined, 1000)`

async function holderProcess(path: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, says: line.toString().trim() }
}

describe('the write lock', () => {
  it('is held once, in this process and by whatever name the file goes', () => {
    const path = projectPath()
    const lock = WriteLock.take(path)!
    symlinkSync(path, `${path}.link`)
    expect(WriteLock.take(path)).toBeNull()
    expect(WriteLock.take(`${path}.link`)).toBeNull()
    lock.release()
  })
  it('still holds against other processes after a second attempt in this one', async () => {
    const path = projectPath()
    const lock = WriteLock.take(path)!
    expect(WriteLock.take(path)).toBeNull()
    const { child, says } = await holderProcess(path)
    child.kill()
    expect(says).toBe('refused')
    lock.release()
  })
  it('leaves nothing behind once released, and can be taken again', () => {
    const path = projectPath()
    WriteLock.take(path)!.release()
    expect(readdirSync(dirname(path))).toEqual(['项目 a.gpkg'])
    WriteLock.take(path)!.release()
  })
  it('keeps other processes out, and ends with a holder that is killed', async () => {
    const path = projectPath()
    const { child, says } = await holderProcess(path)
    expect(says).toBe('held')
    expect(WriteLock.take(path)).toBeNull()
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(readdirSync(dirname(path))).toHaveLength(2)
    const lock = WriteLock.take(path)
    expect(lock).not.toBeNull()
    expect((await holderProcess(path).then(async other => (other.child.kill(), other.says)))).toBe('refused')
    lock!.release()
  })
  it('is not stopped by a lock file that something else left there', () => {
    const path = projectPath()
    const lock = WriteLock.take(path)!
    const [lockFile] = readdirSync(dirname(path)).filter(name => name.endsWith('.lock'))
    lock.release()
    writeFileSync(join(dirname(path), lockFile!), '')
    WriteLock.take(path)!.release()
  })
  it('of one file does not bind another', () => {
    const [a, b] = [projectPath(), projectPath()]
    const lock = WriteLock.take(a)!
    WriteLock.take(b)!.release()
    renameSync(b, `${a}.other`)
    lock.release()
  })
})
