/*
**  support_help - MANAGE.HLP says something about everything that MANAGE.CLD has
*/
#include "manage_fixture.h"

#include <fstream>
#include <map>
#include <string.h>
#include <sstream>

using namespace mail;

class ManageHelpTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ManageHelpTest);
    CPPUNIT_TEST(test_every_verb_object_and_qualifier);
    CPPUNIT_TEST_SUITE_END();

    static std::string source(const char *name)
    {
        std::string data = test_data();
        std::string path = data.substr(0, data.rfind("/TEST/")) + "/SRC/MANAGE/" + name;
        std::ifstream in(path.c_str());
        std::ostringstream text;
        text << in.rdbuf();
        CPPUNIT_ASSERT_MESSAGE(path, !text.str().empty());
        return text.str();
    }
    /* From the line "level name" up to the next of that level or a higher one. */
    static std::string topic(const std::string &text, char level, const std::string &name)
    {
        std::string head = std::string("\n") + level + " " + name + "\n";
        size_t begin = text.find(head);
        if (begin == std::string::npos)
            return std::string();
        size_t end = begin + head.size();
        while (end < text.size()) {
            size_t next = text.find('\n', end);
            if (next == std::string::npos)
                break;
            char first = next + 1 < text.size() ? text[next + 1] : '1';
            if (first >= '1' && first <= level)
                return text.substr(begin, next - begin);
            end = next + 1;
        }
        return text.substr(begin);
    }
    static std::string word(const std::string &line, const char *before)
    {
        size_t at = line.find(before);
        if (at == std::string::npos)
            return std::string();
        at += strlen(before);
        size_t end = line.find_first_of(", \r\n", at);
        return line.substr(at, end == std::string::npos ? end : end - at);
    }

public:
    void test_every_verb_object_and_qualifier()
    {
        std::istringstream cld(source("MANAGE.CLD"));
        std::string help = "\n" + source("MANAGE.HLP"), line, verb, type, syntax;
        std::map<std::string, std::string> verb_of_type, place_of_syntax;
        int checked = 0;
        while (std::getline(cld, line)) {
            if (!word(line, "DEFINE VERB ").empty()) {
                verb = word(line, "DEFINE VERB ");
                CPPUNIT_ASSERT_MESSAGE(verb, !topic(help, '1', verb).empty());
                ++checked;
            }
            if (!word(line, "DEFINE TYPE ").empty())
                type = word(line, "DEFINE TYPE ");
            if (!word(line, "DEFINE SYNTAX ").empty())
                syntax = word(line, "DEFINE SYNTAX ");
            if (syntax == "SET_CONFIGURATION_SMTP") /* of a component of the object */
                syntax = "SET_CONFIGURATION";
            if (line.find("LABEL=OBJECT") != std::string::npos && !word(line, "TYPE=").empty()) {
                std::string name = word(line, "TYPE=");
                verb_of_type[name.substr(0, name.find(')'))] = verb;
            }
            if (verb_of_type.count(type) && !word(line, "KEYWORD ").empty()) {
                std::string object = word(line, "KEYWORD "), owner = verb_of_type[type];
                std::string text = topic(topic(help, '1', owner) + "\n1", '2', object);
                CPPUNIT_ASSERT_MESSAGE(owner + " " + object, !text.empty());
                place_of_syntax[word(line, "SYNTAX=")] = text;
                ++checked;
            }
            if (!word(line, "QUALIFIER ").empty() && place_of_syntax.count(syntax)) {
                std::string name = "\n/" + word(line, "QUALIFIER ");
                CPPUNIT_ASSERT_MESSAGE(syntax + name, place_of_syntax[syntax].find(name) !=
                                                          std::string::npos);
                ++checked;
            }
        }
        CPPUNIT_ASSERT(checked > 40);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ManageHelpTest);
