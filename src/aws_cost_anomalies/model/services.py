"""AWS services: one name and one code each, and every other name a bill may use for them.

The name is the one AWS itself prints on a FOCUS export, dated as some are, so that it is found again in the
console; the code is the product code of a Cost and Usage Report. Cost Explorer has names of its own for a few
and splits EC2 in two: those are aliases. A service that is not here keeps the name its bill gives it.

Source: product codes and names as they stand in Cost and Usage Reports, AWS Price List service codes, and the
SERVICE values of Cost Explorer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Service:
    """One AWS service.

    Attributes:
        name: its ServiceName, one spelling over all sources.
        code: its product code, e.g. AmazonRDS.
        aliases: other names and codes it goes by in Cost Explorer, CUR or FOCUS; letter case is ignored.
    """

    name: str
    code: str
    aliases: tuple[str, ...] = ()


def canonical(name_or_code: str) -> Service | None:
    """The service that a name, code or alias means, letter case ignored; None when nobody knows it."""
    return _by_spelling().get(name_or_code.strip().lower())


@cache
def _by_spelling() -> dict[str, Service]:
    return {
        spelling.lower(): service
        for service in SERVICES
        for spelling in (service.name, service.code, *service.aliases)
    }


SERVICES: tuple[Service, ...] = (
    # Compute and containers
    Service(
        "Amazon Elastic Compute Cloud",
        "AmazonEC2",
        (
            "Amazon Elastic Compute Cloud - Compute",
            "EC2 - Other",
            "EC2-Instances",
            "EC2-Other",
            "Amazon EC2",
            "Amazon Elastic Block Store",
        ),
    ),
    Service("AWS Lambda", "AWSLambda"),
    Service("Amazon Elastic Container Service", "AmazonECS", ("Amazon EC2 Container Service", "Amazon ECS")),
    Service(
        "Amazon Elastic Container Service for Kubernetes",
        "AmazonEKS",
        ("Amazon Elastic Kubernetes Service", "Amazon EKS"),
    ),
    Service(
        "Amazon EC2 Container Registry (ECR)",
        "AmazonECR",
        ("Amazon Elastic Container Registry", "Amazon ECR"),
    ),
    Service("Amazon Elastic Container Registry Public", "AmazonECRPublic", ("Amazon ECR Public",)),
    Service("AWS App Runner", "AWSAppRunner"),
    Service("Amazon Lightsail", "AmazonLightsail"),
    Service("AWS Outposts", "AWSOutposts"),
    Service("Red Hat OpenShift Service on AWS", "ROSA", ("AWSROSA",)),
    # Storage and backup
    Service("Amazon Simple Storage Service", "AmazonS3", ("Amazon S3",)),
    Service("Amazon Glacier", "AmazonGlacier", ("Amazon S3 Glacier",)),
    Service("Amazon S3 Glacier Deep Archive", "AmazonS3GlacierDeepArchive"),
    Service("Amazon Elastic File System", "AmazonEFS", ("Amazon EFS",)),
    Service("Amazon FSx", "AmazonFSx"),
    Service("AWS Backup", "AWSBackup"),
    Service("AWS Storage Gateway", "AWSStorageGateway"),
    Service("AWS Storage Gateway Deep Archive", "AWSStorageGatewayDeepArchive"),
    Service("AWS Elastic Disaster Recovery", "AWSElasticDisasterRecovery"),
    Service("AWS Import/Export Snowball", "IngestionServiceSnowball", ("AWS Snowball", "AWS Snow Family")),
    Service("AWS Import/Export", "IngestionService"),
    # Databases
    Service(
        "Amazon Relational Database Service",
        "AmazonRDS",
        ("Amazon Relational Database Service (RDS)", "Amazon RDS"),
    ),
    Service("Amazon DynamoDB", "AmazonDynamoDB"),
    Service("DynamoDB Accelerator (DAX)", "AmazonDAX", ("Amazon DynamoDB Accelerator (DAX)", "Amazon DAX")),
    Service("Amazon ElastiCache", "AmazonElastiCache"),
    Service("Amazon MemoryDB", "AmazonMemoryDB", ("Amazon MemoryDB for Redis",)),
    Service("Amazon DocumentDB (with MongoDB compatibility)", "AmazonDocDB", ("Amazon DocumentDB",)),
    Service("Amazon Neptune", "AmazonNeptune"),
    Service("Amazon Keyspaces (for Apache Cassandra)", "AmazonMCS", ("Amazon Keyspaces",)),
    Service("Amazon Timestream", "AmazonTimestream"),
    Service("Amazon Quantum Ledger Database", "AmazonQLDB", ("Amazon QLDB",)),
    Service("Amazon SimpleDB", "AmazonSimpleDB"),
    Service("Amazon Aurora DSQL", "AuroraDSQL"),
    Service(
        "AWS Database Migration Service", "AWSDatabaseMigrationSvc", ("Database Migration Service", "AWS DMS")
    ),
    # Analytics
    Service("Amazon Athena", "AmazonAthena"),
    Service("Amazon Redshift", "AmazonRedshift"),
    Service("Amazon Elastic MapReduce", "ElasticMapReduce", ("Amazon EMR", "AmazonEMR", "EMR")),
    Service("AWS Glue", "AWSGlue"),
    Service("AWS Lake Formation", "AWSLakeFormation"),
    Service("Amazon OpenSearch Service", "AmazonES", ("Amazon Elasticsearch Service",)),
    Service("Amazon CloudSearch", "AmazonCloudSearch"),
    Service("Amazon QuickSight", "AmazonQuickSight", ("Amazon Quick Suite",)),
    Service("Amazon Kinesis", "AmazonKinesis", ("Amazon Kinesis Data Streams",)),
    Service(
        "Amazon Kinesis Firehose",
        "AmazonKinesisFirehose",
        ("Amazon Kinesis Data Firehose", "Amazon Data Firehose"),
    ),
    Service(
        "Amazon Kinesis Analytics",
        "AmazonKinesisAnalytics",
        ("Amazon Kinesis Data Analytics", "Amazon Managed Service for Apache Flink"),
    ),
    Service("Amazon Kinesis Video Streams", "AmazonKinesisVideo"),
    Service(
        "Amazon Managed Streaming for Apache Kafka",
        "AmazonMSK",
        ("Managed Streaming for Apache Kafka", "Amazon MSK"),
    ),
    Service("Amazon DataZone", "AmazonDataZone"),
    Service("AWS Data Pipeline", "datapipeline", ("AWS DataPipeline", "AWSDataPipeline")),
    Service("AWS Data Exchange", "AWSDataExchange"),
    Service("AWS Clean Rooms", "AWSCleanRooms"),
    Service("AWS Entity Resolution", "AWSEntityResolution"),
    Service("Amazon FinSpace", "AmazonFinSpace"),
    # Network and delivery
    Service("Amazon Virtual Private Cloud", "AmazonVPC", ("Amazon VPC",)),
    Service(
        "Elastic Load Balancing", "AWSELB", ("Amazon Elastic Load Balancing", "AWS Elastic Load Balancing")
    ),
    Service("Amazon CloudFront", "AmazonCloudFront"),
    Service("Amazon Route 53", "AmazonRoute53"),
    Service("Amazon Registrar", "AmazonRegistrar"),
    Service("Amazon API Gateway", "AmazonApiGateway"),
    Service("AWS Direct Connect", "AWSDirectConnect"),
    Service("AWS Global Accelerator", "AWSGlobalAccelerator"),
    Service("AWS Network Firewall", "AWSNetworkFirewall"),
    Service("AWS Cloud Map", "AWSCloudMap"),
    Service("AWS Data Transfer", "AWSDataTransfer"),
    Service("AWS Route 53 Application Recovery Controller", "AWSR53AppRecoveryController"),
    Service("AWS Interconnect", "AWSInterconnect"),
    # Machine learning
    Service("Amazon Bedrock", "AmazonBedrock"),
    Service("Amazon Bedrock Service", "AmazonBedrockService"),
    Service("Amazon Bedrock AgentCore", "AmazonBedrockAgentCore"),
    Service("Amazon SageMaker", "AmazonSageMaker", ("Amazon SageMaker AI",)),
    Service("Amazon Rekognition", "AmazonRekognition"),
    Service("Amazon Textract", "AmazonTextract"),
    Service("Amazon Comprehend", "comprehend", ("AmazonComprehend",)),
    Service("Amazon Comprehend Medical", "AmazonComprehendMedical", ("comprehendmedical",)),
    Service("Amazon Transcribe", "transcribe", ("AmazonTranscribe",)),
    Service("Amazon Translate", "translate", ("AmazonTranslate",)),
    Service("Amazon Polly", "AmazonPolly"),
    Service("Amazon Lex", "AmazonLex"),
    Service("Amazon Personalize", "AmazonPersonalize"),
    Service("Amazon Forecast", "AmazonForecast"),
    Service("Amazon Fraud Detector", "AmazonFraudDetector"),
    Service("Amazon Kendra", "AmazonKendra"),
    Service("Amazon Machine Learning", "AmazonML"),
    Service("Amazon Q", "AmazonQ", ("Amazon Q Business", "Amazon Q Developer")),
    Service("Amazon CodeWhisperer", "AmazonCodeWhisperer"),
    Service("Amazon CodeGuru", "AmazonCodeGuru"),
    Service("Amazon DevOps Guru", "AmazonDevOpsGuru"),
    Service("Amazon Augmented AI", "AmazonAugmentedAI", ("Amazon A2I",)),
    Service("Amazon Lookout for Vision", "AmazonLookoutVision"),
    Service("Amazon Lookout for Metrics", "AmazonLookoutMetrics"),
    Service("Amazon Lookout for Equipment", "AmazonLookoutEquipment"),
    Service("Amazon Monitron", "AmazonMonitron"),
    Service("Amazon HealthLake", "AmazonHealthLake", ("AWS HealthLake",)),
    Service("Amazon Omics", "AmazonOmics", ("AWS HealthOmics",)),
    Service("AWS HealthImaging", "AmazonMedicalImaging"),
    Service("Amazon Braket", "AmazonBraket"),
    Service("AWS DeepRacer", "AWSDeepRacer"),
    # Messages and workflows
    Service("Amazon Simple Queue Service", "AWSQueueService", ("Amazon SQS", "AmazonSQS")),
    Service("Amazon Simple Notification Service", "AmazonSNS", ("Amazon SNS",)),
    Service("Amazon Simple Email Service", "AmazonSES", ("Amazon SES",)),
    Service("Amazon MQ", "AmazonMQ"),
    Service("CloudWatch Events", "AWSEvents", ("Amazon EventBridge", "AmazonEventBridge")),
    Service("AWS Step Functions", "AmazonStates", ("AWSStepFunctions",)),
    Service("Amazon Simple Workflow Service", "AmazonSWF"),
    Service(
        "Amazon Managed Workflows for Apache Airflow",
        "AmazonMWAA",
        ("Managed Workflows for Apache Airflow", "Amazon MWAA"),
    ),
    Service("AWS AppSync", "AWSAppSync"),
    Service("Amazon AppFlow", "AmazonAppFlow"),
    Service("AWS B2B Data Interchange", "AWSB2Bi"),
    Service("Amazon Pinpoint", "AmazonPinpoint", ("AWS Pinpoint", "AWS End User Messaging")),
    # Operations and governance
    Service("AmazonCloudWatch", "AmazonCloudWatch", ("Amazon CloudWatch",)),
    Service("AWS CloudTrail", "AWSCloudTrail"),
    Service("AWS Config", "AWSConfig"),
    Service("AWS CloudFormation", "AWSCloudFormation"),
    Service("AWS CloudShell", "AWSCloudShell"),
    Service("AWS Systems Manager", "AWSSystemsManager"),
    Service("AWS Service Catalog", "AWSServiceCatalog"),
    Service("AWS Audit Manager", "AWSAuditManager"),
    Service("AWS Resilience Hub", "AWSResilienceHub"),
    Service("AWS Fault Injection Simulator", "AWSFIS", ("AWS Fault Injection Service",)),
    Service("AWS X-Ray", "AWSXRay"),
    Service("Amazon Managed Grafana", "AmazonGrafana", ("Amazon Grafana",)),
    Service("Amazon Managed Service for Prometheus", "AmazonPrometheus"),
    Service("AWS Compute Optimizer", "AWSComputeOptimizer"),
    Service("AWS Cost Explorer", "AWSCostExplorer"),
    Service("AWS Budgets", "AWSBudgets"),
    Service("AWS Billing Conductor", "AWSBillingConductor"),
    Service("AWS DevOps Agent Service", "DevOpsAgent", ("AWS DevOps Agent",)),
    # Security and identity
    Service("AWS Key Management Service", "awskms", ("AWS KMS",)),
    Service("AWS Secrets Manager", "AWSSecretsManager"),
    Service(
        "AWS Certificate Manager", "AWSCertificateManager", ("ACM", "AWS Certificate Manager Private CA")
    ),
    Service("AWS CloudHSM", "CloudHSM", ("AWSCloudHSM", "Amazon CloudHSM")),
    Service("AWS Payment Cryptography", "PaymentCryptography"),
    Service("AWS WAF", "awswaf"),
    Service("AWS Shield", "AWSShield"),
    Service("AWS Firewall Manager", "AWSFMS"),
    Service("AWS Security Hub", "AWSSecurityHub"),
    Service("AWS Security Incident Response", "AWSSecurityIR"),
    Service("AWS Security Agent", "SecAgent"),
    Service("Amazon GuardDuty", "AmazonGuardDuty"),
    Service("Amazon Inspector", "AmazonInspectorV2", ("AmazonInspector",)),
    Service("Amazon Macie", "AmazonMacie"),
    Service("Amazon Detective", "AmazonDetective"),
    Service("Amazon Security Lake", "AmazonSecurityLake"),
    Service("Amazon Verified Permissions", "AmazonVerifiedPermissions"),
    Service("Amazon Cognito", "AmazonCognito"),
    Service("Amazon Cognito Sync", "AmazonCognitoSync"),
    Service("Amazon Cloud Directory", "AmazonCloudDirectory"),
    Service("AWS Directory Service", "AWSDirectoryService"),
    Service("AWS IAM Access Analyzer", "AWSIAMAccessAnalyzer"),
    # Development
    Service("CodeBuild", "CodeBuild", ("AWS CodeBuild", "AWSCodeBuild")),
    Service("AWS CodeCommit", "AWSCodeCommit"),
    Service("AWS CodeDeploy", "AWSCodeDeploy"),
    Service("AWS CodePipeline", "AWSCodePipeline"),
    Service("AWS CodeArtifact", "AWSCodeArtifact"),
    Service("Amazon CodeCatalyst", "AmazonCodeCatalyst"),
    Service("AWS Amplify", "AWSAmplify"),
    Service("AWS Device Farm", "AWSDeviceFarm"),
    Service("Amazon Location Service", "AmazonLocationService"),
    Service("Amazon Managed Blockchain", "AmazonManagedBlockchain"),
    # Migration and transfer
    Service("AWS Transfer Family", "AWSTransfer", ("AWS Transfer for SFTP",)),
    Service("AWS DataSync", "AWSDataSync"),
    Service("AWS Application Migration Service", "AWSApplicationMigrationSvc"),
    Service("AWS Migration Hub Refactor Spaces", "AWSMigrationHubRefactorSpaces"),
    Service("AWS Mainframe Modernization", "AWSM2"),
    # People, contact and media
    Service("Amazon WorkSpaces", "AmazonWorkSpaces"),
    Service("Amazon WorkSpaces Secure Browser", "AmazonWorkSpacesWeb", ("Amazon WorkSpaces Web",)),
    Service(
        "Amazon AppStream", "AmazonAppStream", ("Amazon AppStream 2.0", "Amazon WorkSpaces Applications")
    ),
    Service("Amazon WorkDocs", "AmazonWorkDocs"),
    Service("Amazon WorkMail", "AmazonWorkMail"),
    Service("Amazon Chime", "AmazonChime"),
    Service("Amazon Chime Services", "AmazonChimeServices"),
    Service("Amazon Chime Features", "AmazonChimeFeatures"),
    Service("Amazon Chime Voice Connector", "AmazonChimeVoiceConnector"),
    Service("Amazon Connect", "AmazonConnect"),
    Service("Amazon Connect Customer Profiles", "CustomerProfiles"),
    Service("Contact Lens for Amazon Connect", "ContactLensAmazonConnect"),
    Service(
        "Contact Center Telecommunications (service sold by AMCS, LLC)",
        "ContactCenterTelecomm",
        ("Contact Center Telecommunications (sold by AMCS, LLC)",),
    ),
    Service("AWS Wisdom", "AWSWisdom"),
    Service("AWS AppFabric", "AWSAppFabric", ("AWS App Fabric",)),
    Service("AWS Supply Chain", "AWSSupplyChain"),
    Service("Alexa for Business", "A4B"),
    Service("AWS Elemental MediaConvert", "AWSElementalMediaConvert"),
    Service("AWS Elemental MediaLive", "AWSElementalMediaLive"),
    Service("AWS Elemental MediaPackage", "AWSElementalMediaPackage"),
    Service("AWS Elemental MediaStore", "AWSElementalMediaStore"),
    Service("AWS Elemental MediaTailor", "AWSElementalMediaTailor"),
    Service("AWS Elemental MediaConnect", "AWSElementalMediaConnect"),
    Service("Amazon Elastic Transcoder", "AmazonETS"),
    Service("Amazon Interactive Video Service", "AmazonIVS"),
    Service("Amazon Nimble Studio", "AmazonNimbleStudio"),
    Service("AWS Deadline Cloud", "AWSDeadlineCloud"),
    Service("Amazon GameLift", "AmazonGameLift", ("Amazon GameLift Servers",)),
    Service("Amazon GameLift Streams", "AmazonGameLiftStreams"),
    Service("Amazon Sumerian", "AmazonSumerian"),
    # Things, robots and satellites
    Service("AWS IoT", "AWSIoT", ("AWS IoT Core",)),
    Service("AWS IoT Analytics", "AWSIoTAnalytics"),
    Service("AWS IoT Device Defender", "IoTDeviceDefender"),
    Service("AWS IoT Device Management", "IoTDeviceManagement"),
    Service("AWS IoT Events", "AWSIoTEvents"),
    Service("AWS IoT FleetWise", "AWSIoTFleetWise"),
    Service("AWS IoT SiteWise", "AWSIoTSiteWise"),
    Service("AWS IoT TwinMaker", "AWSIoTTwinMaker"),
    Service("AWS IoT Things Graph", "AWSIoTThingsGraph"),
    Service("AWS Greengrass", "AWSGreengrass", ("AWS IoT Greengrass",)),
    Service("AWS RoboMaker", "AWSRoboMaker"),
    Service("AWS Ground Station", "AWSGroundStation"),
    # Not services, but lines of every bill
    Service("Savings Plans for AWS Compute usage", "ComputeSavingsPlans", ("AWS Savings Plans",)),
    Service("Savings Plans for AWS Machine Learning", "MachineLearningSavingsPlans"),
    Service(
        "Savings Plans for AWS Database usage", "DatabaseSavingsPlans", ("Savings Plans for AWS Databases",)
    ),
    Service("AWS Support (Developer)", "AWSDeveloperSupport", ("AWSSupportDeveloper",)),
    Service("AWS Support (Business)", "AWSSupportBusiness"),
    Service("AWS Support (Enterprise On-Ramp)", "AWSSupportEnterpriseOnRamp"),
    Service("AWS Support (Enterprise)", "AWSSupportEnterprise"),
    Service("AWS Premium Support", "AWSPremiumSupport"),
    Service("AWS Marketplace", "AWSMarketplace"),
    Service("APN Annual Program Fee", "APNFee"),
    Service("Tax", "Tax"),
    Service("Refund", "Refund"),
)
"""In no order that matters: no spelling belongs to two of them."""
