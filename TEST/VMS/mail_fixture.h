/*
**  mail_fixture - users with mail, delivered through the wrappers themselves
*/
#ifndef TEST_MAIL_FIXTURE_H
#define TEST_MAIL_FIXTURE_H

#include "VMS/mailsend.h"
#include "VMS/mailstore.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>

using namespace mail;

class MailFixture : public CppUnit::TestFixture {
public:
    void setUp()
    {
        root_.reset(new ScratchRoot);
        root_->add_user("SYSTEM", "MANAGER");
        root_->add_user("SMITH", "PASSWORD");
        root_->add_user("JONES", "PASSWORD");
    }
    void tearDown()
    {
        shim_clear_faults();
        unsigned violations = shim_violations();
        root_.reset();
        CPPUNIT_ASSERT_EQUAL(0u, violations);
    }

protected:
    /* text: LF line ends */
    static void deliver(const std::string &user, const std::string &subject,
                        const std::string &text)
    {
        MailSender sender;
        Status status = sender.begin();
        CPPUNIT_ASSERT_MESSAGE(status.text(), status.ok());
        CPPUNIT_ASSERT(sender.set_from("SMTP%\"from@example.test\"").ok());
        CPPUNIT_ASSERT(sender.set_to(user + "@vms.test").ok());
        CPPUNIT_ASSERT(sender.set_subject(subject).ok());
        status = sender.add_address(user);
        CPPUNIT_ASSERT_MESSAGE(status.text(), status.ok());
        CPPUNIT_ASSERT(sender.add_text(text.data(), text.size()).ok());
        status = sender.send();
        CPPUNIT_ASSERT_MESSAGE(status.text(), status.ok());
        CPPUNIT_ASSERT(sender.addressees()[0].delivered);
    }
    /* Selects NEWMAIL of the user and lists it. */
    void open_newmail(const std::string &user)
    {
        boost::uint32_t count = 0;
        items_.clear();
        CPPUNIT_ASSERT(file_.open("SYS$SYSDEVICE:[" + user + "]").ok());
        CPPUNIT_ASSERT(folder_.select(&file_, "NEWMAIL", &count).ok());
        CPPUNIT_ASSERT(folder_.list(&items_).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(count), items_.size());
    }
    void close_all()
    {
        folder_.close();
        file_.close();
    }

    std::auto_ptr<ScratchRoot> root_;
    MailFile file_;
    MailFolder folder_;
    std::vector<MailItem> items_;
};

#endif
