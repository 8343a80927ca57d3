/**
 * Ceilings of design §16. They are compiled in: an operator may lower them, `/v1/meta` says so, and a client takes
 * what it says as a ceiling to respect, never as leave to go beyond these. Rates scale by `RATE_SCALE`.
 */
const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** Plain bytes of a record after padding. */
export const maxRecordBytes = 512 * kibibyte;
/** suite 1, epoch 4, nonce 12, tag 16 */
export const sealOverheadBytes = 33;
export const maxSealedBytes = maxRecordBytes + sealOverheadBytes;
export const maxBadgeFileBytes = 5 * mebibyte;

export const maxCommitRecords = 100;
/** Characters of one commit as compact JWS. */
export const maxCommitLength = 64 * kibibyte;
/** The whole body of a push. */
export const maxPushBytes = 4 * mebibyte;

export const maxPageCommits = 200;
/** What a page of the log weighs: each commit its length, each record its sealed bytes and `pageRecordBytes`. */
export const maxPageBytes = 4 * mebibyte;
export const pageRecordBytes = 128;
/** Of a snapshot: each of its records weighs its bytes and `pageRecordBytes`, and that JSON in the page. */
export const maxSnapshotPageRecords = 4_000;
/** Longest reply of a pull that a client reads: the first commit of a page is sent whatever it weighs. */
export const maxPageReplyBytes = maxPageBytes + 128 * kibibyte;

/** Commits older than this, and than the snapshot before the newest, are dropped. */
export const logKeptDays = 365;

export const maxBadges = 20_000;
export const maxLiveRecords = 200_000;
export const maxAccountBytes = 2048 * mebibyte;
export const maxDevices = 20;
export const maxUnlockers = 10;
/** An unlocker's wrap: 32 bytes of root, nonce and tag, with room for later kinds. */
export const maxWrapBytes = 256;
/** What a passkey is called, and its public key as SPKI: an RSA key of 4096 bits has 550 bytes. */
export const maxCredentialBytes = 1023;
export const maxPasskeyKeyBytes = 600;
/** The sealed keyring: grows by an epoch with every revoked device. */
export const maxKeyringBytes = 32 * kibibyte;

/** Of an archive: how many files it may hold, and how long the list of them and the list of documents may be. */
export const maxArchiveFiles = 65_000;
export const maxArchiveListBytes = 256 * mebibyte;
/** A zip file counts its bytes in 32 bits, and its files in 16. */
export const maxArchiveBytes = 4 * 1024 * mebibyte - 1;

export const maxAuthorizationLength = 2 * kibibyte;
/** Ceiling of every JSON body that names no other. */
export const maxSmallBodyBytes = 128 * kibibyte;
/** A letter for a device that joins by link. */
export const maxMailboxBytes = 16 * kibibyte;
export const maxErrorBodyBytes = 4 * kibibyte;

export const nonceLifetimeSeconds = 300;
export const requestIdLifetimeSeconds = 600;

export const maxPublishedDocuments = 5_000;
export const maxPublishedDocumentBytes = 5 * mebibyte;
export const maxPublishedBytes = 500 * mebibyte;
/** The file of all that a server keeps: base64 makes it a third longer, and the log comes to it. */
export const maxExportBytes = 2 * (maxAccountBytes + maxPublishedBytes);
export const maxManifestBytes = 512 * kibibyte;
export const maxProfileNameLength = 80;
export const maxProfileAboutLength = 2_000;
/** Of one learner, listed and unlisted ones alike. */
export const maxCollections = 100;
export const maxCollectionTitleLength = 200;
/** How long the address of a handle that its owner changed leads to the new one. */
export const handleRedirectDays = 90;
/** How long a released handle stays unusable except to its former owner. */
export const handleReservationDays = 365;

export const commitsPerMinutePerDevice = 120;
export const requestsPerMinutePerAccount = 600;
export const unsignedCallsPerMinutePerAddress = 60;
export const accountsPerHourPerAddressBlock = 60;
export const failedUnlocksPerHourPerAddress = 10;
/** Two letters for every device that joins. */
export const lettersPerHourPerAccount = 60;
/** All that a server keeps may be gigabytes. */
export const exportsPerHourPerAccount = 6;
export const mailboxLifetimeSeconds = 600;
