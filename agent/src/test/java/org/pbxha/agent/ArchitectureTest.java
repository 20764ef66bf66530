// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The dependency arrows of ARCHITECTURE.md. */
@AnalyzeClasses(packages = "org.pbxha", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String AMI = "org.pbxha.ami..";
    private static final String SYNC = "org.pbxha.sync..";
    private static final String PROVISIONING = "org.pbxha.provisioning..";
    private static final String AGENT = "org.pbxha.agent..";

    @ArchTest
    static final ArchRule theDecisionCoreIsPure = classes()
            .that()
            .resideInAPackage("org.pbxha.agent.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.pbxha.agent.core..", "java.lang..", "java.util..", "java.time..", "org.jspecify.annotations..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule amiStandsAlone = standsAlone(AMI, SYNC, PROVISIONING, AGENT);

    @ArchTest
    static final ArchRule syncStandsAlone = standsAlone(SYNC, AMI, PROVISIONING, AGENT);

    @ArchTest
    static final ArchRule provisioningStandsAlone = standsAlone(PROVISIONING, AMI, SYNC, AGENT);

    @ArchTest
    static final ArchRule onlyObserveEffectAndMainTouchTheModules = noClasses()
            .that()
            .resideInAPackage(AGENT)
            .and()
            .resideOutsideOfPackages("org.pbxha.agent.observe..", "org.pbxha.agent.effect..")
            .and()
            .doNotHaveFullyQualifiedName("org.pbxha.agent.Main")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AMI, SYNC, PROVISIONING)
            .allowEmptyShould(true);

    private static ArchRule standsAlone(String module, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true);
    }
}
