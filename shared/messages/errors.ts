import type { ErrorCode } from '../model/errors.ts';

/**
 * What is said when something fails: what happened, and what the reader can do.
 * Slots are facts of the error, `{host|the issuer}` with what stands there when the fact is absent.
 */
export type ErrorWords = { readonly happened: string; readonly remedy: string };

export const errorWords: Readonly<Record<ErrorCode, ErrorWords>> = {
  unexpected: {
    happened: 'Something went wrong in Backpack itself.',
    remedy: 'Nothing you had was changed. Try again; if it happens again, restart the browser.',
  },
  'address-not-allowed': {
    happened: 'The address “{address|given}” cannot be opened.',
    remedy: 'Use a full web address that begins with https:// or http://.',
  },
  'private-address': {
    happened: '{host|This address} is inside your own network, and the page that offers it is not.',
    remedy: 'Ask it only if you know this host and expected a badge from it.',
  },
  'access-withheld': {
    happened: 'This browser does not let Backpack ask {host|this site}.',
    remedy: 'Allow it there in the browser’s settings for extensions, then try again.',
  },
  offline: {
    happened: 'This browser is offline.',
    remedy: 'Connect to the internet, then try again. What is in your backpack stays readable.',
  },
  'offer-unreachable': {
    happened: '{host|The issuer} did not answer.',
    remedy: 'Nothing was lost. Try again, or keep the offer and check later.',
  },
  'offer-not-found': {
    happened: '{host|The issuer} has no badge at this address.',
    remedy: 'Ask the issuer for a new link.',
  },
  'offer-gone': {
    happened: '{host|The issuer} has taken this badge back or removed it for good.',
    remedy: 'Ask the issuer why.',
  },
  'offer-refused': {
    happened: '{host|The issuer} refuses to hand out this badge.',
    remedy:
      'Tell the issuer that it must be readable without signing in. If you can save it as a file there, import that.',
  },
  'offer-server-failed': {
    happened: '{host|The issuer} answered with an error of its own.',
    remedy: 'Nothing was lost. Try again later; the fault is on the issuer’s side.',
  },
  'offer-timed-out': {
    happened: '{host|The issuer} took too long to answer.',
    remedy: 'Nothing was lost. Try again, or keep the offer and check later.',
  },
  'offer-too-large': {
    happened: 'What {host|the issuer} sent is larger than a badge may be.',
    remedy: 'A badge can have at most 5 MB. Tell the issuer.',
  },
  'redirect-not-allowed': {
    happened: '{host|The issuer} sent Backpack on to an address that it does not open.',
    remedy: 'Tell the issuer. Nothing of what came from there was kept.',
  },
  'malformed-json': {
    happened: 'What is at this address is not a badge that can be read.',
    remedy: 'Tell the issuer that the document is damaged, or choose another file.',
  },
  'malformed-hash': {
    happened: 'A reference to a document is damaged.',
    remedy: 'Open the badge again from the list, or copy the link again.',
  },
  'malformed-did': {
    happened: 'The issuer’s identifier “{did|given}” cannot be read.',
    remedy: 'Tell the issuer that the badge names itself wrongly.',
  },
  'not-a-badge': {
    happened: 'This is not a badge.',
    remedy: 'Choose a badge picture or a badge file as the issuer gave it to you.',
  },
  'not-an-archive': {
    happened: 'This file is not an archive of a backpack.',
    remedy: 'Choose the file that “Save everything” made, as it was saved.',
  },
  'archive-changed': {
    happened: 'The archive was changed or damaged after it was saved.',
    remedy: 'Choose another copy of it. Its badges can still be taken out and brought in one by one.',
  },
  'archive-too-large': {
    happened: 'Your backpack is larger than one saved file can be.',
    remedy: 'Nothing is lost. Save badges one by one, or remove what you do not need.',
  },
  'file-unreadable': {
    happened: 'This could not be read.',
    remedy: 'It may be a folder, or a file that was moved. Choose the files themselves.',
  },
  'picture-without-badge': {
    happened: 'This picture has no badge inside.',
    remedy:
      'Download the picture again from the issuer: copies from chats and social networks lose the badge.',
  },
  'malformed-picture': {
    happened: 'This picture is damaged or cut off.',
    remedy: 'Download it again from the issuer.',
  },
  'drawing-with-declarations': {
    happened: 'This drawing declares abbreviations of its own, which are not read: they could hold anything.',
    remedy: 'Ask the issuer for the badge as PNG, or as an SVG saved without a document type.',
  },
  'not-a-picture': {
    happened: 'This file is not a picture that your browser can read.',
    remedy: 'Choose a photograph or picture as PNG, JPEG or WebP.',
  },
  'picture-too-large': {
    happened: 'This picture is too large.',
    remedy: 'Choose one with at most {megabytes|30} MB and {megapixels|100} million pixels.',
  },
  'offer-kind-not-supported': {
    happened: 'This page offers its badge in a way that is not supported yet.',
    remedy: 'Ask the issuer for the badge as a file or a link, and import it.',
  },
  'too-deep': {
    happened: 'This document is nested more deeply than a badge may be.',
    remedy: 'Tell the issuer. It was not opened any further.',
  },
  'too-many-values': {
    happened: 'This document holds more values than a badge may.',
    remedy: 'Tell the issuer. It was not opened any further.',
  },
  'handle-not-allowed': {
    happened: '“{handle|This name}” cannot be used in an address.',
    remedy: 'Use 3 to 30 small letters a to z, numbers, and single hyphens between them.',
  },
  'handle-taken': {
    happened: 'The name “{handle|chosen}” is taken.',
    remedy: 'Choose another one.',
  },
  unauthorized: {
    happened: 'Your server did not accept this browser’s signature.',
    remedy:
      'Try again. If it happens again, join this browser to your backpack once more with the recovery code.',
  },
  revoked: {
    happened: 'This browser was removed from your backpack.',
    remedy: 'What it holds stays here. Save it as files, or bring the backpack into this browser anew.',
  },
  'registration-closed': {
    happened: 'This server takes no new backpacks.',
    remedy: 'Choose another server, or ask the person who runs this one.',
  },
  stale: {
    happened: 'Another of your devices was faster.',
    remedy: 'Nothing was lost. Syncing goes on by itself.',
  },
  'newer-version': {
    happened: 'Another browser of yours uses a newer version of Backpack, which this one cannot read yet.',
    remedy: 'Update Backpack in this browser. Nothing is lost: your changes wait here until then.',
  },
  compacted: {
    happened: 'Your server no longer keeps the changes this browser missed.',
    remedy: 'Nothing was lost. This browser takes the whole backpack from the server instead, by itself.',
  },
  'refused-commit': {
    happened: 'Your server did not take the change.',
    remedy: 'Your badges are safe in this browser. Export them, then try to sync again.',
  },
  'malformed-request': {
    happened: 'Your server did not understand the request.',
    remedy: 'Update Backpack, then try again.',
  },
  'too-large': {
    happened: 'This is more than your server takes at once.',
    remedy:
      'Your badges are safe in this browser. Remove what you do not need, or ask the person who runs the server.',
  },
  'too-many-requests': {
    happened: 'Your server asks for a pause.',
    remedy: 'Nothing is lost. Syncing goes on by itself; for anything else, try again in a while.',
  },
  quota: {
    happened: 'Your backpack on the server is full.',
    remedy:
      'Everything is safe in this browser. Remove what you do not need, or ask the person who runs the server for more room.',
  },
  'not-found': {
    happened: 'There is nothing at this address.',
    remedy: 'Check the address.',
  },
  'last-unlocker': {
    happened: 'This is the last way to open your backpack.',
    remedy: 'Add another way first, then remove this one.',
  },
  'unlocker-taken': {
    happened: 'This way to open your backpack exists already.',
    remedy: 'Nothing needs to be done.',
  },
  'mailbox-filled': {
    happened: 'This text for joining was used already.',
    remedy: 'Show a new one in the browser that is to join, and take that.',
  },
  'mailbox-closed': {
    happened: 'This text for joining is not good any more.',
    remedy:
      'Show a new one in the browser that is to join, and take that. In the list of your devices remove a browser that you do not know.',
  },
  'manifest-stale': {
    happened: 'Your profile was changed from another device meanwhile.',
    remedy: 'Look at it as it stands now, then publish again.',
  },
  'manifest-refused': {
    happened: 'Your server did not accept the profile.',
    remedy: 'Nothing was published. Update Backpack, then try again.',
  },
  'document-differs': {
    happened: 'A document was damaged on its way to your server.',
    remedy: 'Nothing was published. Try again.',
  },
  'document-missing': {
    happened: 'Your server lacks a document that the profile names.',
    remedy: 'Nothing was published. Try again.',
  },
  'profile-taken-down': {
    happened: 'The person who runs your server took your page down.',
    remedy:
      'Your badges are unharmed, here and in your other browsers. Ask that person why: nothing can be published there until they allow it again.',
  },
  'profile-suspended': {
    happened: 'The person who runs your server has hidden your page for now.',
    remedy:
      'Your badges are unharmed, and syncing goes on. Ask that person why: nothing can be published there until they show it again.',
  },
  unavailable: {
    happened: 'Your server is busy or being looked after.',
    remedy: 'Nothing is lost. Syncing goes on by itself; for anything else, try again in a while.',
  },
  'companion-unreachable': {
    happened: 'Your server did not answer.',
    remedy:
      'Your badges are safe in this browser. Syncing goes on by itself; for anything else, try again in a while.',
  },
  'companion-misbehaved': {
    happened: 'What answered is not a server that Backpack understands.',
    remedy: 'Check the server’s address in the settings.',
  },
  'recovery-code-mistyped': {
    happened: 'There is a typing error in the recovery code.',
    remedy: 'Compare it with what you wrote down: seven groups of four characters.',
  },
  'recovery-code-unknown': {
    happened: 'This recovery code opens no backpack here.',
    remedy: 'Check that it is the code of this backpack and, where a server is asked, the server’s address.',
  },
  'passkey-unknown': {
    happened: 'This passkey opens no backpack here.',
    remedy: 'Choose another passkey, or use your recovery code.',
  },
  'passkey-refused': {
    happened: 'Your device did not confirm that it is you.',
    remedy: 'Nothing was changed. Try again; your recovery code works as before.',
  },
  'passkey-without-prf': {
    happened: 'This device can make passkeys, but none that can open a backpack.',
    remedy:
      'Nothing was changed: your recovery code and your other browsers work as before. Should your device list a passkey “Backpack” now, it opens nothing: delete it there, in the list of passkeys.',
  },
  'passkey-not-possible': {
    happened: 'This browser uses no passkey for your server.',
    remedy: 'Your recovery code works everywhere.',
  },
  'sync-distrust': {
    happened: 'What your server sent does not fit what this browser remembers, so syncing has stopped.',
    remedy:
      'Your badges here are unharmed. Export them, and ask the person who runs the server what happened.',
  },
  locked: {
    happened: 'Your backpack is locked for this.',
    remedy: 'Type in your recovery code to unlock it.',
  },
  'no-account': {
    happened: 'This browser is not connected to a server yet.',
    remedy: 'Make a backpack on a server, or join one with your recovery code.',
  },
  'account-exists': {
    happened: 'This browser is connected to a server already.',
    remedy: 'Forget this browser first if you want to connect it anew.',
  },
  'too-many-devices': {
    happened: 'Your backpack is on {limit|as many} browsers already, which is as many as there can be.',
    remedy: 'Remove one that you no longer use from your backpack, then try again.',
  },
  'too-many-unlockers': {
    happened:
      'There are {limit|as many} ways to open your backpack already, which is as many as there can be.',
    remedy: 'Remove one that you no longer need, then try again.',
  },
  'link-malformed': {
    happened: 'This is not the whole text that the other browser shows.',
    remedy: 'Copy it again, from its first character to its last.',
  },
  'link-other-server': {
    happened: 'The other browser waits at {server|another server}, but this backpack is on {own|its own}.',
    remedy: 'In the other browser, choose the same server first.',
  },
  'link-refused': {
    happened: 'What the other browser sent is not meant for this one.',
    remedy: 'Nothing was taken from it. Begin again with a new text.',
  },
  'disclosure-differs': {
    happened: 'What would become readable has changed since it was shown to you.',
    remedy: 'Nothing was published. Read the list as it is now, then publish again.',
  },
  'too-many-collections': {
    happened: 'There is room for {limit} collections.',
    remedy: 'Remove one that you do not need; its badges stay in your backpack.',
  },
  'collection-full': {
    happened: 'There is room for {limit} badges in one collection.',
    remedy: 'Take some out, or make another collection.',
  },
  'backpack-full': {
    happened: 'Your backpack holds as many badges as it can: {limit|there is no room for more}.',
    remedy: 'Nothing you had was changed. Remove a badge that you do not need, then try again.',
  },
  'no-space': {
    happened: 'There is no space left on this computer for your backpack.',
    remedy:
      'Nothing you had was changed, and nothing more was kept. Free some space, for example by deleting files that you do not need, then try again. “Save everything” in the settings puts a copy of your backpack into one file.',
  },
};
