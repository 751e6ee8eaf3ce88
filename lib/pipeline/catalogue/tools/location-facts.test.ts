import { describe, expect, test } from 'vitest'
import { executedFrom, namedLike } from './location-facts'

describe('the risk of a place', () => {
  test.each([
    ['\\\\files\\apps\\phone.hta', ['intranet-share']],
    ['\\\\files.example.com\\apps\\phone.hta', ['unc-path']],
    ['\\\\203.0.113.7\\apps\\phone.hta', ['unc-path', 'address-host']],
    ['\\\\3405803783\\apps\\phone.hta', ['unc-path', 'address-host']],
    ['\\\\tsclient\\c\\a.dll', ['unc-path']],
    ['\\\\localhost\\share\\a.dll', ['unc-path']],
    ['\\\\files\\c$\\a.dll', ['unc-path', 'admin-share']],
    ['\\\\files@ssl\\apps\\a.dll', ['unc-path', 'remote-url']],
    ['\\\\dc01\\netlogon\\a.vbs', ['domain-share']],
    ['\\\\10.1.2.3\\netlogon\\a.vbs', ['domain-share', 'private-address']],
    ['\\\\203.0.113.7\\netlogon\\a.vbs', ['unc-path', 'address-host']],
    ['\\\\cdn.example\\netlogon\\a.vbs', ['unc-path']],
  ])('on a share is less where Windows counts the server to the intranet: %s', (path, facts) => {
    expect(executedFrom(path)).toEqual(facts)
  })

  test.each([
    ['c:\\src\\portal\\tools\\a.dll', ['source-folder']],
    ['d:\\agent\\_work\\3\\a.dll', ['source-folder']],
    ['c:\\src\\a.dll', ['root-folder']],
    ['d:\\program files\\vendor\\bin\\a.dll', []],
    ['d:\\program files\\a.dll', ['root-folder']],
    ['c:\\srcs\\portal\\a.dll', ['root-folder']],
    ['c:\\src\\portal\\bin\\debug\\a.dll', ['build-folder']],
    ['c:\\users\\ann\\documents\\projects\\portal\\bin\\debug\\a.exe', ['build-folder']],
    ['c:\\users\\ann\\documents\\a.exe', ['user-folder']],
    ['mailto:ann@example.com?subject=plans', []],
    ['mailto:ann@example.com?subject=about notes.txt', []],
    ['tel:+1 555 0100', []],
    ['ms-settings:display', []],
    ['mailto:a.dll', ['alternate-data-stream']],
    ['mailto:ann@a.dll', ['alternate-data-stream']],
    ['tel:a.dll', ['alternate-data-stream']],
    ['shell:a.dll', ['alternate-data-stream']],
    ['ms-settings:a.txt', ['alternate-data-stream']],
    ['c:\\src\\portal\\native\\release\\a.dll', ['build-folder']],
    [
      'c:\\users\\ann\\appdata\\local\\packages\\microsoft.microsoftedge_8wekyb3d8bbwe\\tempstate\\downloads\\a.hta',
      ['downloads'],
    ],
    ['c:\\tools\\debug\\a.dll', ['root-folder']],
    ['c:\\users\\ann\\appdata\\local\\microsoft\\teamsmeetingaddin\\1.0\\a.dll', ['user-product-folder']],
    ['c:\\users\\ann\\appdata\\roaming\\microsoft\\windows\\a.dll', ['user-folder']],
    ['c:\\windows\\a.dll', ['windows-root']],
    ['c:\\programdata\\microsoft\\a.dll', ['windows-data']],
    ['c:\\programdata\\microsoft\\windows\\templates\\a.vbs', ['windows-data']],
    ['c:\\programdata\\software\\microsoft\\windows\\defender\\a.dll', ['windows-data']],
    ['c:\\programdata\\microsoft\\windows defender\\platform\\4.18\\a.dll', ['program-data-folder']],
    ['c:\\programdata\\microsoft\\windows\\start menu\\programs\\a.msc', ['program-data-folder']],
    ['c:\\programdata\\vendor\\microsoft\\a.dll', ['program-data-folder']],
    ['c:\\windows\\logs\\cbs\\a.ps1', ['log-folder']],
    ['c:\\windows\\system32\\wbem\\logs\\a.txt', ['log-folder']],
    ['c:\\programdata\\vendor\\app\\logs\\a.vbs', ['program-data-folder', 'log-folder']],
    ['c:\\programdata\\vendor\\logs.dll', ['program-data-folder']],
    ['c:\\program files\\vendor\\logs\\a.vbs', []],
    ['http://+:8080/', []],
    ['http://*:80/', []],
    ['http://+.example/a', ['remote-url']],
    ['c:\\windows\\system32\\a.dll', []],
    ['c:\\windows\\system32\\spool\\drivers\\x64\\3\\a.dll', []],
    ['c:\\windows\\syswow64\\sr-latn-rs\\a.dll', []],
    ['c:\\windows\\syswow64\\kdueh\\a.dll', ['stray-folder']],
    ['c:\\windows\\system32\\kdueh\\a.txt', []],
    ['c:\\windows\\ccmcache\\4a\\a.dll', ['deployment-cache']],
  ])('tells source code and the Windows folder itself from other folders: %s', (path, facts) => {
    expect(executedFrom(path)).toEqual(facts)
  })
})

test.each([
  ['downloads', 'scan-287004.pdf.msi', ['double-extension']],
  ['desktop', 'invoice.docx .js', ['double-extension']],
  ['desktop', 'invoice.js', []],
  ['downloads', 'vendor.product.msi', []],
  ['downloads', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.dll', ['named-by-hash']],
  ['program-files', 'export.pdf.dll', []],
  ['downloads', null, []],
] as const)('in %s the name %s shows %j', (location, name, facts) => {
  expect(namedLike({ class: location, name, extension: null })).toEqual(facts)
})
