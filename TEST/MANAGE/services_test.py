#!/usr/bin/env python3
"""The utility in a whole system: services by the network software's own utility, mail commands, both by one verb."""
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "SUPPORT"))
import vmsroot  # noqa: E402


class Services(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vms = vmsroot.System(users={"SYSTEM": "manager", "SMITH": "sesame"}, queues=1)

    @classmethod
    def tearDownClass(cls):
        cls.vms.close()

    def dcl(self, *commands, user=None):
        words = [os.path.join(self.vms.build, "bin", "vmsys"), "dcl"] + (["--user", user] if user else [])
        text = "TCPIP :== $SYS$SYSTEM:TCPIP$SMTP_MANAGE\n" + "\n".join(commands) + "\n"
        done = subprocess.run(words, env=self.vms.env(), input=text, capture_output=True, text=True, timeout=60)
        return done.stdout + done.stderr

    def test_show(self):
        text = self.dcl("TCPIP SHOW SERVICE")
        self.assertIn("\nService             Port  Proto    Process          Address            State\n\n", text)
        self.assertIn("SMTP             %7d  TCP      TCPIP$SMTP       127.0.0.1           Enabled\n" % self.vms.smtp, text)
        self.assertIn("POP  ", text)
        text = self.dcl("TCPIP SHOW SERVICE SMTP/FULL")
        self.assertIn("Service: SMTP\n                           State:     Enabled\n"
                      "Port:     %11d     Protocol:  TCP             Address:  127.0.0.1\n" % self.vms.smtp, text)
        self.assertIn("User_name: TCPIP$SMTP      Process:  TCPIP$SMTP\n", text)
        self.assertIn("\n Reject msg:  not defined\n Accept host: 0.0.0.0\n Accept netw: 0.0.0.0\n", text)
        self.assertIn("%TCPIP-W-NORECORD, Information not found\n-RMS-E-RNF, record not found\n", self.dcl("TCPIP SHOW SERVICE NONE"))

    def test_set(self):
        text = self.dcl("TCPIP SET SERVICE SMTP_X/PORT=2525/FILE=SYS$SYSTEM:X.COM/PROCESS_NAME=X/USER_NAME=SMITH/LIMIT=3",
                        "TCPIP SET SERVICE SMTP_X/ACCEPT=NETWORKS=(\"10.0.0.0:255.0.0.0\")/REJECT=(MESSAGE=\"Go away\")/LOG=NOREJECT",
                        "TCPIP SHOW SERVICE SMTP_X/FULL", "TCPIP SET SERVICE SMTP_X/PORT=2526",
                        "TCPIP SET SERVICE SMTP_X/ACCEPT=NONETWORKS=*", "TCPIP SHOW SERVICE SMTP_X/FULL",
                        "TCPIP SET NOSERVICE SMTP_X", "TCPIP SHOW SERVICE SMTP_X")
        self.assertIn("Limit:              3     Active:        0           Peak:         0\n", text)
        self.assertIn(" Reject msg:  Go away\n Accept host: 0.0.0.0\n Accept netw: 10.0.0.0/8\n", text)
        self.assertIn(" Accept netw: 0.0.0.0\n", text)
        self.assertIn("%TCPIP-E-NOTMODIFY, /PORT of a service cannot be changed", text)
        self.assertIn("NORECORD", text)
        self.assertIn("%TCPIP-E-SERVICE, NEW: /PORT must be", self.dcl("TCPIP SET SERVICE NEW"))

    def test_disable_and_enable(self):
        self.assertTrue(vmsroot.wait_port(self.vms.pop))
        self.assertNotIn("%", self.dcl("TCPIP DISABLE SERVICE POP"))
        self.assertIn("Disabled\n", self.dcl("TCPIP SHOW SERVICE POP"))
        self.assertTrue(vmsroot.wait_for(lambda: not vmsroot.wait_port(self.vms.pop, 0.05)))
        self.assertNotIn("%", self.dcl("TCPIP ENABLE SERVICE POP", "TCPIP SET CONFIGURATION ENABLE SERVICE POP"))
        self.assertTrue(vmsroot.wait_port(self.vms.pop))

    def test_privileges_of_table_18_3(self):
        """Table 18-3, for a user who has none."""
        for command in ("SET SERVICE SMTP/LIMIT=2", "SET CONFIGURATION SMTP/OPTIONS=RELAY", "START MAIL", "STOP MAIL", "ANALYZE MAIL",
                        "SHOW MAIL SYSTEM", "SEND MAIL SYSTEM", "DISABLE SERVICE SMTP"):
            self.assertIn("%TCPIP-E-NOPRIV, operation requires SYSPRV or BYPASS privilege", self.dcl("TCPIP " + command, user="SMITH"), command)
        for command in ("SHOW CONFIGURATION SMTP", "SHOW SERVICE SMTP", "SHOW MAIL", "REMOVE MAIL/NOCONFIRM"):
            self.assertNotIn("NOPRIV", self.dcl("TCPIP " + command, user="SMITH"), command)

    def test_prompt_and_help(self):
        text = self.dcl("TCPIP", "SHOW MAIL", "SHOW SERVICE SMTP", "HELP SHOW MAIL", "", "", "", "EXIT", "WRITE SYS$OUTPUT \"after\"")
        self.assertIn("%TCPIP-I-NOMAIL, no mail is queued\n", text)
        self.assertIn("TCPIP$SMTP       127.0.0.1", text)
        self.assertIn("Shows mail that waits in the queues.", text)
        self.assertIn("after\n", text)

    def test_status_reaches_dcl(self):
        text = self.dcl("TCPIP SHOW HOST NOWHERE.EXAMPLE", "IF .NOT. $STATUS THEN WRITE SYS$OUTPUT \"failed\"",
                        "TCPIP SHOW SERVICE NONE", "IF .NOT. $STATUS THEN WRITE SYS$OUTPUT \"failed too\"")
        self.assertIn("failed\n", text)
        self.assertIn("failed too\n", text)

    def test_receiver_and_symbiont_obey(self):
        """What SET CONFIGURATION says, the servers do."""
        self.dcl("TCPIP SET CONFIGURATION SMTP/NOLOG", "TCPIP STOP MAIL", "TCPIP START MAIL")
        self.assertIn("Log file:             not defined\n", self.dcl("TCPIP SHOW CONFIGURATION SMTP"))
        self.assertIn("%TCPIP-I-ANA_COMPLE, ANALYZE completed on node NODE\n", self.dcl("TCPIP ANALYZE MAIL"))


if __name__ == "__main__":
    unittest.main()
