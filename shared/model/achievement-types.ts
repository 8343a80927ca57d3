/** The words of OB 3.0 for what an achievement is (§AchievementType); others are written `ext:…`. */
export const achievementTypes = [
  'Achievement',
  'ApprenticeshipCertificate',
  'Assessment',
  'Assignment',
  'AssociateDegree',
  'Award',
  'Badge',
  'BachelorDegree',
  'Certificate',
  'CertificateOfCompletion',
  'Certification',
  'CommunityService',
  'Competency',
  'Course',
  'CoCurricular',
  'Degree',
  'Diploma',
  'DoctoralDegree',
  'Fieldwork',
  'GeneralEducationDevelopment',
  'JourneymanCertificate',
  'LearningProgram',
  'License',
  'Membership',
  'ProfessionalDoctorate',
  'QualityAssuranceCredential',
  'MasterCertificate',
  'MasterDegree',
  'MicroCredential',
  'ResearchDoctorate',
  'SecondarySchoolDiploma',
] as const;
export type AchievementType = (typeof achievementTypes)[number];

/** What badges tell of a person, as far as they say. */
export const badgeGroups = ['skills', 'achievements', 'qualities', 'affiliations'] as const;
export type BadgeGroup = (typeof badgeGroups)[number];

/** How far a result has come. Source: OB 3.0 §ResultStatusType. */
export const resultStatuses = [
  'Completed',
  'Enrolled',
  'Failed',
  'InProgress',
  'OnHold',
  'Provisional',
  'Withdrew',
] as const;
export type ResultStatus = (typeof resultStatuses)[number];
