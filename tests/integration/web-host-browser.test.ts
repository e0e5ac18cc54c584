import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cannotBrowse, launchBrowser, startWebHost, type WebHostProcess } from '#tests/e2e/browser.ts'

/** What a browser makes of our headers, and what another site in the same browser can do to us: tried, not read off. */
describe.skipIf(cannotBrowse)('the loopback host in a real browser', () => {
  let host: WebHostProcess
  let browser: Browser
  let evil: Server
  let evilUrl: string
  const address = () => new URL(host.url)

  beforeAll(async () => {
    host = await startWebHost()
    evil = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<title>evil</title>'))
    await new Promise<void>(resolve => evil.listen(0, '127.0.0.1', resolve))
    evilUrl = `http://localhost:${(evil.address() as AddressInfo).port}/`
    browser = await launchBrowser([`--host-resolver-rules=MAP rebound.example 127.0.0.1`])
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    evil.close()
    await host.stop()
    host.remove()
  })
  const open = async (url: string): Promise<Page> => {
    const page = await browser.newPage()
    await page.goto(url)
    return page
  }
  /** The interface has its answer from the host: something beside the note that the host is missing. */
  const hasStarted = (page: Page) => page.waitForFunction(() => document.querySelector('#root')?.childElementCount && document.querySelectorAll('button').length > 3, undefined, { timeout: 60_000 })

  it('opens by the printed address, which keeps no token, and opens again by a reload', async () => {
    const page = await open(host.url)
    await hasStarted(page)
    expect(page.url()).toBe(`http://${address().host}/`)
    expect(await page.evaluate(() => document.cookie)).toBe('')
    await page.reload()
    await hasStarted(page)
    await page.close()
  }, 180_000)

  it('isolates the page and lets no script into it', async () => {
    const page = await open(host.url)
    const outcome = await page.evaluate(async from => {
      const inline = document.createElement('script')
      inline.textContent = 'window.intruder = 1'
      document.body.append(inline)
      const far = document.createElement('script')
      far.src = `${from}a.js`
      const farLoads = new Promise(resolve => ((far.onload = () => resolve('loaded')), (far.onerror = () => resolve('blocked'))))
      document.body.append(far)
      const tryTo = (work: () => unknown) => {
        try {
          return (work(), 'done')
        } catch {
          return 'blocked'
        }
      }
      return {
        isolated: crossOriginIsolated, inline: 'intruder' in window ? 'ran' : 'blocked', far: await farLoads,
        evaluated: tryTo(() => new Function('return 1')()),
        fetched: await fetch(from).then(() => 'done', () => 'blocked'),
        worker: tryTo(() => new Worker(URL.createObjectURL(new Blob(['1'])))),
      }
    }, evilUrl)
    expect(outcome).toMatchObject({ isolated: true, inline: 'blocked', far: 'blocked', evaluated: 'blocked', fetched: 'blocked' })
    await page.close()
  }, 60_000)

  it('gives another site nothing: no page, no frame, no window, no socket, not even with the token', async () => {
    const page = await open(evilUrl)
    const outcome = await page.evaluate(async ({ origin, token }) => {
      const socket = (protocols: string[]) => new Promise(resolve => {
        const opening = new WebSocket(`${origin.replace('http', 'ws')}/socket`, protocols)
        opening.onopen = () => resolve('open')
        opening.onerror = () => resolve('refused')
      })
      const load = (element: HTMLImageElement | HTMLScriptElement, src: string) => new Promise(resolve => {
        element.onload = () => resolve('loaded')
        element.onerror = () => resolve('refused')
        element.src = src
        document.body.append(element)
      })
      const frame = document.createElement('iframe')
      frame.src = `${origin}/`
      document.body.append(frame)
      await new Promise(resolve => (frame.onload = resolve))
      const framed = frame.contentDocument === null ? 'closed' : 'readable'
      return {
        read: await fetch(`${origin}/`).then(() => 'read', () => 'refused'),
        blind: await fetch(`${origin}/`, { mode: 'no-cors' }).then(() => 'loaded', () => 'refused'),
        script: await load(document.createElement('script'), `${origin}/index.html`),
        socket: await socket(['underplan.1', `token.${token}`]),
        framed,
      }
    }, { origin: address().origin, token: address().hash.replace('#token=', '') })
    expect(outcome).toEqual({ read: 'refused', blind: 'refused', script: 'refused', socket: 'refused', framed: 'closed' })
    expect(page.frames().some(frame => frame.url().startsWith(address().origin))).toBe(false)
    await page.close()
  }, 60_000)

  it('does not answer under a name rebound to it', async () => {
    const page = await browser.newPage()
    const answered = page.waitForResponse(() => true)
    await page.goto(`http://rebound.example:${address().port}/`).catch(() => undefined) // the browser shows its own error page
    expect((await answered).status()).toBe(403)
    await page.close()
  }, 60_000)

  it('says what to do where the address is of an earlier start', async () => {
    const page = await open(`http://${address().host}/#token=${'a'.repeat(43)}`)
    const alert = page.getByRole('alert')
    await alert.waitFor({ timeout: 30_000 })
    expect((await alert.textContent())?.length).toBeGreaterThan(40)
    await page.close()
  }, 60_000)

  it('says that a host is silent, and goes on by itself once it answers', async () => {
    const page = await browser.newPage()
    let refused = 0
    await page.routeWebSocket(/\/socket$/, socket => {
      if (refused === 5) return void socket.connectToServer()
      refused++
      void socket.close() // tried again at growing intervals: the sixth time is after eight seconds
    })
    await page.goto(address().href)
    await page.getByRole('alert').waitFor({ timeout: 30_000 })
    await page.getByRole('toolbar').first().waitFor({ timeout: 60_000 })
    expect({ refused, alerts: await page.getByRole('alert').count() }).toEqual({ refused: 5, alerts: 0 })
    await page.close()
  }, 120_000)
})
